using System.Net;
using System.Net.Sockets;

namespace DistGan.Hosting.Clustering;

/// <summary>Finds TCP ports of the loopback interface that nobody listens on.</summary>
public static class LoopbackPorts
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
