using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Bench.Measuring;

/// <summary>What a measurement may be asked: --pairs N, --steps N, --seconds N, --threads N, --seed N, --neighbours N, -o json.</summary>
internal sealed record BenchOptions
{
    /// <summary>Repetitions; in each, every contender has one turn.</summary>
    public int Pairs { get; init; } = 9;

    /// <summary>Training steps of one turn.</summary>
    public int Steps { get; init; } = 30;

    /// <summary>Length of one turn, where a turn is a time.</summary>
    public int Seconds { get; init; } = 3;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public long Seed { get; init; } = 1;

    /// <summary>Threads that burn time while everything is measured, as other work on the machine would.</summary>
    public int Neighbours { get; init; }

    public bool Json { get; init; }

    /// <exception cref="DistGanException">An argument is unknown or out of range.</exception>
    public static BenchOptions Read(string[] arguments, BenchOptions defaults)
    {
        var options = defaults;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--pairs" => options with { Pairs = Number(arguments[i], value, 1) },
                "--steps" => options with { Steps = Number(arguments[i], value, 1) },
                "--seconds" => options with { Seconds = Number(arguments[i], value, 1) },
                "--threads" => options with { Threads = Number(arguments[i], value, 1) },
                "--seed" => options with { Seed = Number(arguments[i], value, 0) },
                "--neighbours" => options with { Neighbours = Number(arguments[i], value, 0) },
                "-o" when value is "json" or "table" => options with { Json = value == "json" },
                _ => throw new DistGanException($"'{arguments[i]} {value}' is unknown: give --pairs N, --steps N, --seconds N, --threads N, --seed N, --neighbours N or -o json|table."),
            };
        }

        return options;
    }

    private static int Number(string name, string value, int least)
        => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new DistGanException($"{name} is '{value}', but must be a whole number of at least {least}.");
}
