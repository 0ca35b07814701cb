package io.gatehouse.gateway;

/** Stands in the context of a site, where everything that there is only one of in a process has to be left out. */
record SiteId(String id) {}
