"""Whether a part of Airflow is well, as the api-server tells it: exit code 0 or 1, for health checks of containers.

healthy.py metadatabase|scheduler|dag_processor|triggerer
"""

import json
import sys
import urllib.request

URL = "http://api-server:8080/api/v2/monitor/health"

name = sys.argv[1]
with urllib.request.urlopen(URL, timeout=8) as answer:
    part = json.load(answer).get(name) or {}
print(f"{name}: {part.get('status')}, last heard of {part.get(f'latest_{name}_heartbeat', 'just now')}")
sys.exit(part.get("status") != "healthy")
