"""Network: names are looked up, so that they tell a server something

getaddrinfo, and a packet of UDP to a resolver.
"""
import socket

for look in (lambda: socket.getaddrinfo("secret.example.org", 80),
             lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("8.8.8.8", 53))):
    try: print(look())
    except OSError as error: print(error)
