using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Bench.Alarms;

/// <summary>Which healthy trainings are watched: --presets A,B, --seeds 1,2,3, --steps N, --threads N, --folder PATH, --short.</summary>
internal sealed record AlarmOptions
{
    private const string Known = "--presets A,B, --seeds 1,2,3, --steps N, --threads N, --folder PATH or --short";

    public IReadOnlyList<string> Presets { get; init; } = [.. Recipes.Presets.All.Keys];

    public IReadOnlyList<long> Seeds { get; init; } = [1, 2, 3];

    /// <summary>Steps of each run; null is what the preset says.</summary>
    public long? Steps { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the run folders stay; null removes them.</summary>
    public string? Folder { get; init; }

    /// <summary>One seed of ring and a third of its steps: a minute is enough.</summary>
    private static AlarmOptions Short { get; } = new() { Presets = ["ring"], Seeds = [1], Steps = 2000 };

    /// <exception cref="DistGanException">An argument is unknown or out of range.</exception>
    public static AlarmOptions Read(string[] arguments)
    {
        var options = arguments.Contains("--short") ? Short : new AlarmOptions();
        var rest = arguments.Where(static argument => argument != "--short").ToArray();
        for (var i = 0; i < rest.Length; i += 2)
        {
            var value = i + 1 < rest.Length ? rest[i + 1] : "";
            options = rest[i] switch
            {
                "--presets" => options with { Presets = [.. value.Split(',').Select(static name => Recipes.Presets.Get(name).Name)] },
                "--seeds" => options with { Seeds = [.. value.Split(',').Select(static seed => Number("--seeds", seed, 0))] },
                "--steps" => options with { Steps = Number(rest[i], value, 1) },
                "--threads" => options with { Threads = (int)Number(rest[i], value, 1) },
                "--folder" when value.Length > 0 => options with { Folder = value },
                _ => throw new DistGanException($"'{rest[i]} {value}' is unknown: give {Known}."),
            };
        }

        return options;
    }

    private static long Number(string name, string value, int least)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new DistGanException($"{name} has '{value}', but needs whole numbers of at least {least}.");
}
