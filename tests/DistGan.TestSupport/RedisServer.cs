using System.Net;
using System.Net.Sockets;

namespace DistGan.TestSupport;

/// <summary>A Redis on a free port of the loopback interface, with a password and without files. The program is that of the Debian package.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int PortsToTry = 10;

    private readonly ServerProcess _process;
    private readonly DirectoryInfo _data;

    private RedisServer(ServerProcess process, DirectoryInfo data, string address, int port, string password)
    {
        _process = process;
        _data = data;
        Endpoint = $"{address}:{port}";
        ConnectionString = $"{Endpoint},password={password}";
    }

    /// <summary>Host and port.</summary>
    public string Endpoint { get; }

    /// <summary>What StackExchange.Redis takes.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts Redis and waits until it answers.</summary>
    /// <param name="address">An address of this machine; the loopback one without it.</param>
    public static async Task<RedisServer> StartAsync(string address = "127.0.0.1")
    {
        var program = Programs.Find("redis-server", "install the Debian package redis-server");
        var password = Guid.NewGuid().ToString("N");
        var said = "";
        for (var attempt = 1; attempt <= PortsToTry; attempt++)
        {
            // Redis cannot choose a port by itself, and another program may take this one before it does.
            var port = FreePort();
            var data = Directory.CreateTempSubdirectory("distgan-redis-");
            var process = ServerProcess.Start(
                program, "--port", $"{port}", "--bind", address, "--requirepass", password, "--save", "", "--appendonly", "no", "--dir", data.FullName);
            if (await process.LineAsync("Ready to accept connections") is not null)
            {
                return new RedisServer(process, data, address, port, password);
            }

            said = process.Said();
            await process.DisposeAsync();
            data.Delete(recursive: true);
        }

        throw new InvalidOperationException($"redis-server did not start on any of {PortsToTry} ports; the last one said: {said}");
    }

    /// <summary>Ends the server, as a failure of its machine does.</summary>
    public ValueTask StopAsync() => _process.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Refresh();
        if (_data.Exists)
        {
            _data.Delete(recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
