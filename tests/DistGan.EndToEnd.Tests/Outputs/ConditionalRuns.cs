using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary>Runs with labels and with codes, of images and of points, trained once for all tests that ask them.</summary>
public sealed class ConditionalRuns : IAsyncLifetime
{
    /// <summary>Clothes with labels.</summary>
    public const string Clothes = "clothes";

    /// <summary>Points with labels.</summary>
    public const string Points = "points";

    /// <summary>Clothes with ten categories and two continuous codes.</summary>
    public const string Codes = "codes";

    /// <summary>Points with continuous codes alone.</summary>
    public const string Continuous = "continuous";

    /// <summary>Clothes without either.</summary>
    public const string Plain = "plain";

    private readonly TempFolder _folder = new();

    public TempFolder Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        var (clothes, ring) = (TinyRecipes.Fashion(_folder, "budget: { steps: 20 }"), TinyRecipes.Ring(_folder, "budget: { steps: 20 }"));
        await TrainAsync(clothes, Clothes, "conditioning=cgan");
        await TrainAsync(ring, Points, "conditioning=cgan");
        await TrainAsync(clothes, Codes, "conditioning=infogan");
        await TrainAsync(ring, Continuous, "conditioning={ kind: infogan, categories: 0, continuous: 1 }");
        await TrainAsync(clothes, Plain, "conditioning=none");
    }

    public Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, arguments);

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<ProcessEnd> DoneAsync(params string[] arguments)
    {
        var end = await RunAsync(arguments);
        Assert.True(end.ExitCode == 0, end.ToString());
        return end;
    }

    /// <summary>The cell of a grid of clothes, which is twice as large as the images.</summary>
    public SKColor[] Cell(string file, int row, int column)
    {
        using var picture = SKBitmap.Decode(_folder[file]);
        return [.. Enumerable.Range(0, 28 * 28).Select(i => picture.GetPixel(2 * (column * 29 + i % 28), 2 * (row * 29 + i / 28)))];
    }

    /// <summary>Cells in a row and rows of such a grid.</summary>
    public (int Columns, int Rows) CellsOf(string file)
    {
        using var picture = SKBitmap.Decode(_folder[file]);
        return ((picture.Width / 2 + 1) / 29, (picture.Height / 2 + 1) / 29);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task TrainAsync(string recipe, string run, string conditioning) => DoneAsync("train", recipe, "--run-dir", run, "--set", conditioning, "--quiet");
}
