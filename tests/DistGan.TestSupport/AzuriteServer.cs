namespace DistGan.TestSupport;

/// <summary>
/// Azurite's blob service on a free port of the loopback interface, with its data in a temporary folder. It comes from the npm registry
/// and is kept in a cache folder outside the repository.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    public const string Version = "3.37.0";

    /// <summary>The one account that Azurite has.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>Its key, which is public and the same everywhere.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly ServerProcess _process;
    private readonly DirectoryInfo _data;

    private AzuriteServer(ServerProcess process, DirectoryInfo data, Uri address)
    {
        _process = process;
        _data = data;
        Address = new Uri(address, Account);
    }

    /// <summary>The account's address.</summary>
    public Uri Address { get; }

    public string ConnectionString => ConnectionWith(Key);

    /// <summary>A connection string with another key.</summary>
    public string ConnectionWith(string key)
        => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint={Address};";

    /// <summary>Installs Azurite where it is not there yet, starts it and waits until it listens.</summary>
    public static async Task<AzuriteServer> StartAsync()
    {
        var program = Path.Combine(await NpmPackage.FolderAsync("azurite", Version), "dist", "src", "blob", "main.js");
        var data = Directory.CreateTempSubdirectory("distgan-azurite-");
        var process = ServerProcess.Start(
            NpmPackage.Node, program, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", data.FullName, "--silent", "--disableTelemetry", "--skipApiVersionCheck");
        const string said = "listens on ";
        if (await process.LineAsync(said) is { } line)
        {
            return new AzuriteServer(process, data, new Uri(line[(line.IndexOf(said, StringComparison.Ordinal) + said.Length)..].Trim()));
        }

        var why = process.Said();
        await process.DisposeAsync();
        data.Delete(recursive: true);
        throw new InvalidOperationException($"Azurite {Version} ended before it listened: {why}");
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
}
