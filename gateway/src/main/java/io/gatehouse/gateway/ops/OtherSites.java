package io.gatehouse.gateway.ops;

import java.util.Map;

/** The sites besides the gateway's own one. */
public interface OtherSites {

    /** What operators see and do of each, by its id. */
    Map<String, SiteOperations> operations();
}
