import os

import uvicorn
from fastapi import Depends, FastAPI
from fastapi_gatehouse import AccessToken, Assertion

app = FastAPI()
assertion = Assertion(os.environ["PUBLIC_URL"], os.environ["ROUTE"])
token = AccessToken(os.environ["ISSUER"], os.environ["RESOURCE"])


@app.api_route("/orders/{rest:path}", methods=["GET", "POST", "DELETE"])
def orders(user=Depends(assertion)):
    return user["sub"]


@app.get("/token")
def tokens(user=Depends(token)):
    return user["sub"]


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
