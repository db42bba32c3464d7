import sys,time,os
os.environ["DESCENT_SECRET"]=sys.argv[1] if len(sys.argv)>1 else "s"
from autograder import catalogue
from autograder.build import checks
from autograder.reference import namespace
import importlib
laws=importlib.import_module("autograder.laws.roc")
ex=sys.argv[2].split(",") if len(sys.argv)>2 else list(checks("05_roc"))
for e in ex:
    chk=checks("05_roc")[e]; hid=getattr(laws,e)
    t0=time.perf_counter()
    for a in catalogue.answers("05_roc",e):
        for kind,c in (("instant",chk),("hidden",hid)):
            sc=namespace("05_roc"); exec(compile(a.source,a.path.name,"exec"),sc)
            t=time.perf_counter(); o=c(*[sc[f] for f in chk.functions]); dt=time.perf_counter()-t
            ok = o.passed if a.verdict=="right" else (not o.passed and o.mistake==a.mistake)
            if not ok or dt>3: print("BAD" if not ok else "slow",e,a.path.stem,kind,f"{dt:.2f}",o.mistake,o.message[:150])
    print(e,f"{time.perf_counter()-t0:.1f}s",len([a for a in catalogue.answers('05_roc',e) if a.verdict=='right']),len(catalogue.wrong('05_roc',e)))
