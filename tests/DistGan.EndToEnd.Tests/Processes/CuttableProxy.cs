using System.Net;
using System.Net.Sockets;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Processes;

/// <summary>A port of the loopback interface that passes everything on to another one, once it is mended and until it is cut: then its connections end and new ones are refused.</summary>
internal sealed class CuttableProxy : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private Socket? _listener;

    public int Port { get; } = LoopbackPorts.Free();

    /// <summary>The port that it passes everything on to.</summary>
    public int Target { get; } = LoopbackPorts.Free();

    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            _sockets.ForEach(static socket => socket.Close(timeout: 0));
            _sockets.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _listener = Listen(Port);
            _ = AcceptAsync(_listener);
        }
    }

    public void Dispose() => Cut();

    private static Socket Listen(int port)
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), port));
        listener.Listen();
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = PassOnAsync(listener, await listener.AcceptAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private async Task PassOnAsync(Socket listener, Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_gate)
        {
            if (_listener != listener)
            {
                near.Close(timeout: 0);
                far.Dispose();
                return;
            }

            _sockets.AddRange([near, far]);
        }

        try
        {
            await far.ConnectAsync(IPAddress.Loopback, Target);
            await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Either end is gone, or it was cut: then both go.
            near.Close(timeout: 0);
            far.Close(timeout: 0);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        for (var count = await from.ReceiveAsync(buffer); count > 0; count = await from.ReceiveAsync(buffer))
        {
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
