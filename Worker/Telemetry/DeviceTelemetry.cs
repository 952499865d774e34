using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using DistGan.Grains.Interfaces.Telemetry;
using Microsoft.Extensions.Hosting;

namespace DistGan.Worker.Telemetry;

/// <summary>Memory and utilisation of the graphics cards of this machine, as <c>nvidia-smi</c> tells them; nothing where there is none of it.</summary>
internal sealed class DeviceTelemetry(TimeProvider time) : BackgroundService
{
    private const string Program = "nvidia-smi";
    private const double Mebibyte = 1 << 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static ImmutableArray<Card> _cards = [];

    static DeviceTelemetry()
    {
        _ = Instruments.Meter.CreateObservableGauge("distgan.device.memory", static () => _cards.Select(static card => new Measurement<double>(card.Used * Mebibyte, card.Name)), "By", "Used memory of a device.");
        _ = Instruments.Meter.CreateObservableGauge("distgan.device.memory.limit", static () => _cards.Select(static card => new Measurement<double>(card.Total * Mebibyte, card.Name)), "By", "Memory of a device.");
        _ = Instruments.Meter.CreateObservableGauge("distgan.device.utilization", static () => _cards.Select(static card => new Measurement<double>(card.Busy / 100, card.Name)), "1", "Share of the time in which a device computed.");
    }

    /// <summary>The cards in the output of nvidia-smi: index, used and whole memory in MiB, per cent busy; lines of another form are left out.</summary>
    internal static ImmutableArray<Card> Parse(string output)
        => [.. output.Split('\n').Select(static line => line.Split(',', StringSplitOptions.TrimEntries)).Where(static parts => parts.Length == 4).Select(static parts => parts.Skip(1).Select(Number).ToArray() is [{ } used, { } total, { } busy]
            ? new Card(new("device", $"cuda:{parts[0]}"), used, total, busy)
            : null).OfType<Card>()];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            if (await AskAsync(stoppingToken) is not { } output)
            {
                return;
            }

            _cards = Parse(output);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, ["--query-gpu=index,memory.used,memory.total,utilization.gpu", "--format=csv,noheader,nounits"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
            return null;
        }
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A graphics card.</summary>
    /// <param name="Name">The attribute that names it.</param>
    /// <param name="Used">Used memory in MiB.</param>
    /// <param name="Total">Memory in MiB.</param>
    /// <param name="Busy">Per cent of the time in which it computed.</param>
    internal sealed record Card(KeyValuePair<string, object?> Name, double Used, double Total, double Busy);
}
