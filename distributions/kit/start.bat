@echo off
rem Windows: set the course up in this folder and open it. The first time takes minutes.
cd /d "%~dp0"
for %%v in (3.12 3.13 3.11) do (
    py -%%v -c "" >nul 2>nul && (
        py -%%v start.py %*
        goto end
    )
)
python -c "" >nul 2>nul && (
    python start.py %*
    goto end
)
echo The course needs Python 3.11, 3.12 or 3.13. START.md says where to get one.
:end
pause
