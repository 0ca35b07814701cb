import express from 'express';
import { accessToken, assertion } from './express.mjs';

const { PUBLIC_URL, ROUTE, ISSUER, RESOURCE, PORT } = process.env;
const app = express();
const answer = (request, response) => response.send(request.user.sub);
app.use('/token', accessToken({ issuer: ISSUER, resource: RESOURCE }), answer);
app.use('/orders', assertion({ publicUrl: PUBLIC_URL, routeId: ROUTE }), answer);
app.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));
