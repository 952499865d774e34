using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistGan.TestSupport;

/// <summary>A Prometheus on a free port of the loopback interface that scrapes some targets every half second, as a folder of configuration says. The program is that of the Debian package.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private const string Package = "install the Debian package prometheus";

    private readonly ServerProcess _process;
    private readonly DirectoryInfo _data;
    private readonly HttpClient _web;

    private PrometheusServer(ServerProcess process, DirectoryInfo data, int port)
        => (_process, _data, _web) = (process, data, new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") });

    /// <summary>Starts it with a folder of configuration as it is, less its intervals, and waits until it answers.</summary>
    /// <param name="folder">A folder with prometheus.yml, which finds its targets in targets/*.json, and the files of rules that it names.</param>
    /// <param name="targets">HOST:PORT each.</param>
    public static async Task<PrometheusServer> StartAsync(string folder, IEnumerable<string> targets)
    {
        var data = Directory.CreateTempSubdirectory("distgan-prometheus-");
        foreach (var file in Directory.GetFiles(folder))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(Path.Combine(data.FullName, Path.GetFileName(file)), text.Replace("_interval: 15s", "_interval: 500ms", StringComparison.Ordinal));
        }

        var config = Path.Combine(data.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(Path.Combine(data.CreateSubdirectory("targets").FullName, "here.json"), JsonSerializer.Serialize(new[] { new { targets } }));
        var port = FreePort();
        var process = ServerProcess.Start(Programs.Find("prometheus", Package), $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(data.FullName, "data")}", $"--web.listen-address=127.0.0.1:{port}");
        return await process.LineAsync("Server is ready to receive web requests") is not null
            ? new(process, data, port)
            : throw new InvalidOperationException($"Prometheus did not start; it said: {process.Said()}");
    }

    /// <summary>The values that a query has now, by series.</summary>
    public async Task<IReadOnlyList<double>> QueryAsync(string expression)
    {
        var answer = JsonNode.Parse(await _web.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}"))!;
        return [.. answer["data"]!["result"]!.AsArray().Select(static series => double.Parse((string)series!["value"]![1]!, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>The values that a label has in the series of a query now, each once; the empty text for series without it.</summary>
    public async Task<IReadOnlyList<string>> LabelsAsync(string expression, string label)
    {
        var answer = JsonNode.Parse(await _web.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}"))!;
        return [.. answer["data"]!["result"]!.AsArray().Select(series => (string?)series!["metric"]![label] ?? "").Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What promtool says of files; null where it finds nothing wrong.</summary>
    public static async Task<string?> CheckAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Programs.Find("promtool", Package), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : said;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _web.Dispose();
        _data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
