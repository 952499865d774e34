using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Data;

/// <summary>
/// Fetches a file whose length and hash are known. What has arrived is kept beside the destination (.part), and the next try
/// asks for the rest; the file gets its name only once its hash is right.
/// </summary>
public sealed class Downloader(HttpClient client, TimeProvider time, Action<DataProgress> report)
{
    private const int Tries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A client for data sets: follows the system's proxy, gives up on an address that does not answer.</summary>
    public static HttpClient CreateClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("distgan", "1.0"));
        return client;
    }

    /// <summary>Fetches the file from the first address that has it.</summary>
    /// <exception cref="DistGanException">No address has it, the connection broke too often, or the content is not what it should be.</exception>
    public async Task FetchAsync(DataFile file, IReadOnlyList<Uri> addresses, string destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        var part = destination + ".part";
        var problems = new List<string>();
        foreach (var address in addresses)
        {
            if (await TryAsync(file, address, part, cancellationToken) is not { } problem)
            {
                await VerifyAsync(file, address, part, cancellationToken);
                File.Move(part, destination, overwrite: true);
                return;
            }

            problems.Add($"{address}: {problem}");
        }

        throw new DistGanException($"{file.Name} could not be downloaded ({string.Join("; ", problems)})");
    }

    /// <summary>Copies the file from a folder of this machine.</summary>
    /// <exception cref="DistGanException">It is not there, or not what it should be.</exception>
    public async Task CopyAsync(DataFile file, string source, string destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!File.Exists(source))
        {
            throw new DistGanException($"{file.Name} is not at {source}");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        var part = destination + ".part";
        report(new DataProgress($"copying {file.Name}", 0, file.Bytes));
        File.Copy(source, part, overwrite: true);
        await VerifyAsync(file, source, part, cancellationToken);
        File.Move(part, destination, overwrite: true);
    }

    /// <summary>What went wrong; null where the file is whole.</summary>
    private async Task<string?> TryAsync(DataFile file, Uri address, string part, CancellationToken cancellationToken)
    {
        var problem = "";
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                await ReceiveAsync(file, address, part, cancellationToken);
                var length = new FileInfo(part).Length;
                if (length == file.Bytes)
                {
                    return null;
                }

                problem = $"{length} bytes came instead of {file.Bytes}";
            }
            catch (HttpRequestException error) when (error.StatusCode is { } status and not HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return $"answered {(int)status}";
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
            {
                problem = (error is TimeoutException ? error : error.InnerException ?? error).Message.TrimEnd('.');
            }
        }

        return problem;
    }

    private async Task ReceiveAsync(DataFile file, Uri address, string part, CancellationToken cancellationToken)
    {
        var there = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (there == file.Bytes)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = there > 0 && there < file.Bytes ? new RangeHeaderValue(there, null) : null;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == there;
            if (!goesOn && (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable))
            {
                File.Delete(part); // the whole file comes, or the next try asks for it
            }

            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(stop.Token);
            await CopyAsync(file, content, part, patience, stop.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {Patience.TotalSeconds:0} seconds", error);
        }
    }

    private async Task CopyAsync(DataFile file, Stream content, string part, CancellationTokenSource patience, CancellationToken stop)
    {
        await using var target = new FileStream(part, FileMode.Append, FileAccess.Write);
        var buffer = new byte[1 << 16];
        for (int count; (count = await content.ReadAsync(buffer, stop)) > 0;)
        {
            patience.CancelAfter(Patience);
            await target.WriteAsync(buffer.AsMemory(0, count), stop);
            report(new DataProgress($"downloading {file.Name}", target.Length, file.Bytes));
            if (target.Length > file.Bytes)
            {
                return; // another file than it should be: its hash says so
            }
        }
    }

    private static async Task VerifyAsync(DataFile file, object address, string part, CancellationToken cancellationToken)
    {
        string actual;
        await using (var content = File.OpenRead(part))
        {
            actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        }

        if (actual != file.Sha256)
        {
            File.Delete(part);
            throw new DistGanException($"{address} is not the {file.Name} it should be: expected SHA-256 {file.Sha256}, found {actual}; it was thrown away");
        }
    }
}
