using System.Text.Json;

namespace DistGan.Bench.Measuring;

/// <summary>The result of one command, as a table or as one JSON document.</summary>
internal sealed record BenchReport(string Command, string Setting, Machine Machine, IReadOnlyList<Series> Series, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public void Print(bool json)
    {
        if (json)
        {
            PrintJson();
            return;
        }

        Console.WriteLine($"bench {Command}: {Setting}");
        Console.WriteLine($"{Machine.Processor}, {Machine.Cores} cores, {Machine.Threads} threads, seed {Machine.Seed}");
        Console.WriteLine($"{Machine.System}; {Machine.Runtime}; TorchSharp {Machine.TorchSharp}, libtorch {Machine.Libtorch}; DistGan {Machine.DistGan}");
        Console.WriteLine();
        var width = Series.Max(static series => series.Name.Length);
        Console.WriteLine($"{"".PadRight(width)}      median       least        most");
        foreach (var series in Series)
        {
            Console.WriteLine($"{series.Name.PadRight(width)}  {series.Median,10:F3}  {series.Least,10:F3}  {series.Most,10:F3}  {series.Unit}");
        }

        Console.WriteLine();
        foreach (var note in Notes)
        {
            Console.WriteLine(note);
        }
    }

    private void PrintJson()
    {
        var rows = Series.Select(static series => new { series.Name, series.Unit, series.Median, series.Least, series.Most, series.Values });
        Console.WriteLine(JsonSerializer.Serialize(new { Schema = 1, Bench = Command, Setting, Machine, Series = rows, Notes }, Names));
    }
}
