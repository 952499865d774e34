using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace DistGan.Hosting.Tests.Servers;

/// <summary>A network that delivers each request, and loses the first answer to one of a kind.</summary>
internal sealed class LossyTransport(Func<HttpRequestMessage, bool> isOfTheKind) : DelegatingHandler(new HttpClientHandler())
{
    private int _lost;

    /// <summary>How many answers were lost.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public BlobClientOptions Options()
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (isOfTheKind(request) && Interlocked.CompareExchange(ref _lost, 1, 0) == 0)
        {
            answer.Dispose();
            throw new HttpRequestException("The answer was lost.");
        }

        return answer;
    }
}
