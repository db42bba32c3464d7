import time,sys
from course.explore import Threshold, Classifiers
for c in (Threshold,Classifiers):
    t=time.perf_counter(); e=c(); f=e.frame(); print(c.__name__,"first",time.perf_counter()-t); print(f.summary,{k:v for k,v in f.scalars.items()})
    t=time.perf_counter(); b=list(e.star(e.state)); print("star",time.perf_counter()-t,[len(x.frames) for x in b])
    t=time.perf_counter(); p=e.to_html(f"build/{c.name}.html"); print("page",len(p)/1e6,"MB",time.perf_counter()-t)
for d in range(4): print(Classifiers(depth=d).frame().summary)
