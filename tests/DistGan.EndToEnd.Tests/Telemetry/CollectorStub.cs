using System.Collections.Concurrent;
using System.Net;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Telemetry;

/// <summary>Listens as an OpenTelemetry collector does, by HTTP and protobuf, and keeps what it gets.</summary>
internal sealed class CollectorStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<SpanReader.Span> _spans = new();
    private readonly ConcurrentDictionary<string, int> _requests = new();
    private readonly Task _loop;

    public CollectorStub()
    {
        Endpoint = $"http://127.0.0.1:{LoopbackPorts.Free()}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _loop = Task.Run(ListenAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Endpoint { get; }

    public IReadOnlyList<SpanReader.Span> Spans => [.. _spans];

    /// <summary>Requests to a path, such as /v1/logs.</summary>
    public int Requests(string path) => _requests.GetValueOrDefault(path);

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var path = context.Request.Url!.AbsolutePath;
            _ = _requests.AddOrUpdate(path, 1, static (_, before) => before + 1);
            if (path == "/v1/traces")
            {
                foreach (var span in SpanReader.Read(body.ToArray()))
                {
                    _spans.Enqueue(span);
                }
            }

            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }
}
