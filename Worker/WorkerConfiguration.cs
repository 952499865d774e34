using System.Globalization;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Worker;

/// <summary>The section <c>DistGan:Worker</c> of a worker's configuration.</summary>
internal static class WorkerConfiguration
{
    public const string Section = "DistGan:Worker";
    private const string Auto = "auto";
    private const string Cuda = "cuda";
    private const int Most = 1024;

    /// <summary>How long replicas may take to leave, where nothing is said.</summary>
    public static TimeSpan StandardDrainLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>What the worker offers.</summary>
    /// <param name="configuration">Devices (auto, cpu, cuda, cuda:I; several with commas), Slots a device, Threads a slot, DrainSeconds, DataBytes.</param>
    /// <param name="countCuda">How many CUDA devices this process sees.</param>
    /// <exception cref="DistGanException">The section is wrong; the message has every fault of it.</exception>
    public static WorkerOptions Read(IConfiguration configuration, Func<int> countCuda)
    {
        var section = configuration.GetSection(Section);
        var faults = new List<string>();
        var options = new WorkerOptions
        {
            Slots = Small(section, "Slots", Most, faults) ?? 1,
            Threads = Small(section, "Threads", Most, faults),
            DataBytes = Number(section, "DataBytes", 1, long.MaxValue, faults),
            DrainLimit = Small(section, "DrainSeconds", 3600, faults) is { } seconds ? TimeSpan.FromSeconds(seconds) : StandardDrainLimit,
            Devices = Devices(section, countCuda(), faults),
        };
        return faults.Count == 0 ? options : throw new DistGanException($"The worker is not configured: {string.Join("; ", faults)}.");
    }

    private static int? Small(IConfigurationSection section, string key, int most, List<string> faults) => (int?)Number(section, key, 1, most, faults);

    private static long? Number(IConfigurationSection section, string key, long least, long most, List<string> faults)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        faults.Add($"{Section}:{key} is '{text}', expected a whole number from {least} to {most}");
        return null;
    }

    private static IReadOnlyList<string> Devices(IConfigurationSection section, int count, List<string> faults)
    {
        var text = section["Devices"] is { Length: > 0 } given ? given : Auto;
        IEnumerable<string> all = Enumerable.Range(0, count).Select(static index => $"{Cuda}:{index}");
        var devices = text.Split(',', StringSplitOptions.TrimEntries)
            .SelectMany(device => device == Cuda || (device == Auto && count > 0) ? all : device == Auto ? ["cpu"] : [device])
            .ToList();
        if (devices.Distinct(StringComparer.Ordinal).Count() < devices.Count)
        {
            faults.Add($"{Section}:Devices is '{text}', expected each device once; {Section}:Slots says how many replicas share one");
        }

        if (devices.Count == 0 || devices.Find(device => device != "cpu" && !all.Contains(device)) is not null)
        {
            var there = string.Join(", ", all.Prepend("cpu"));
            var mask = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is { } visible ? $" (CUDA_VISIBLE_DEVICES is '{visible}')" : "";
            faults.Add($"{Section}:Devices is '{text}', expected {Auto}, {Cuda}, or names from {there}, which this process sees{mask}");
        }

        return devices;
    }
}
