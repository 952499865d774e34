using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DistGan.EndToEnd.Tests.Processes;

/// <summary>A web server on loopback that serves bytes by path, with ranges, and can break off in the middle.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public FileServer()
    {
        for (var attempt = 0; ; attempt++)
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
            try
            {
                _listener.Prefixes.Add(Address.AbsoluteUri);
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                _listener.Prefixes.Clear(); // somebody else took the port in between
            }
        }

        _loop = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The Range header of each request, or nothing.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>After so many bytes the first answer ends without the rest; 0 is whole.</summary>
    public int BreaksAfter { get; set; }

    public bool KnowsRanges { get; set; } = true;

    public void Dispose()
    {
        _listener.Stop();
        _loop.Wait(TimeSpan.FromSeconds(10));
        _listener.Close();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var response = context.Response;
        var range = context.Request.Headers["Range"] ?? "";
        Ranges.Add(range);
        if (!Files.TryGetValue(context.Request.Url!.AbsolutePath.TrimStart('/'), out var content))
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }

        var from = KnowsRanges && range.Length > 0 ? int.Parse(range.AsSpan("bytes=".Length).TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        if (from > 0)
        {
            response.StatusCode = 206;
            response.AddHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{content.Length - 1}/{content.Length}"));
        }

        response.ContentLength64 = content.Length - from;
        var part = BreaksAfter > 0 ? BreaksAfter : content.Length - from;
        BreaksAfter = 0;
        response.OutputStream.Write(content, from, part);
        if (from + part < content.Length)
        {
            response.OutputStream.Flush();
            response.Abort();
            return;
        }

        response.Close();
    }
}
