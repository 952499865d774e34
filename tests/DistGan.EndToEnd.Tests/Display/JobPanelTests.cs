using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using SkiaSharp;
using Spectre.Console;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class JobPanelTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Of_AnyWidth_FitsInEveryLine(int width)
    {
        var text = Render(width, 24, colors: ColorSystemSupport.NoColors);

        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= width, $"'{line}' is longer than {width}"));
        Assert.True(text.Split('\n').Length <= 24);
        Assert.Contains("test", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ColourTerminal_DrawsThePictureInHalfBlocks()
    {
        var text = Render(100, 40, ColorSystemSupport.TrueColor);

        Assert.Contains("▀", text, StringComparison.Ordinal);
        Assert.Contains("38;2;255;255;255", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AwaitedFrom_UntilTheFirstReport_IsTheStepOfTheStart()
    {
        var view = new JobView(Progresses.Facts);

        view.Add(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.Resumed, "goes on") with { Data = new Dictionary<string, double> { ["step"] = 60 } }]));
        Assert.Equal(60, view.AwaitedFrom);

        view.Add(Progresses.Of(JobState.Running, 2, null, Progresses.Report(100, 5)));
        Assert.Null(view.AwaitedFrom);
    }

    [Fact]
    public void Of_WithoutColours_DrawsThePictureInCharacters()
    {
        var text = Render(100, 40, ColorSystemSupport.NoColors);

        Assert.DoesNotContain("▀", text, StringComparison.Ordinal);
        Assert.Contains("@@@@", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120, "loss D 0.500  (0.500 to 1.250)")]
    [InlineData(36, "loss D 0.500 ")]
    public void Of_ACurveWithLittleRoom_LeavesItsRangeOutWhole(int width, string heading)
    {
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Report(25, 5, (MetricNames.DiscriminatorLoss, 1.25), (MetricNames.GeneratorLoss, 0.25)));
        view.Add(Progresses.Report(50, 10, (MetricNames.DiscriminatorLoss, 0.5), (MetricNames.GeneratorLoss, 0.5)));
        var writer = new StringWriter();
        var terminal = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        terminal.Profile.Width = width;

        terminal.Write(JobPanel.Of(view, null, null, width, 40));

        var line = Assert.Single(writer.ToString().Split('\n'), static line => line.StartsWith("loss D 0.500 ", StringComparison.Ordinal) && line.Contains("loss G", StringComparison.Ordinal) && !line.Contains("right", StringComparison.Ordinal));
        Assert.StartsWith(heading, line, StringComparison.Ordinal);
        Assert.Equal(heading.Contains('(', StringComparison.Ordinal), line.Contains('(', StringComparison.Ordinal));
    }

    private static string Render(int width, int height, ColorSystemSupport colors)
    {
        using var folder = new Processes.TempFolder();
        var view = new JobView(Progresses.Facts);
        view.Add(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.Snapshot, "a snapshot with quite a long sentence about where it lies")],
            Progresses.Report(25, 5, (MetricNames.DiscriminatorLoss, 1.25), (MetricNames.ReplayFill, 0.5)), Progresses.Report(50, 10)));
        var writer = new StringWriter();
        var terminal = AnsiConsole.Create(new() { Ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes, ColorSystem = colors, Out = new AnsiConsoleOutput(writer) });
        terminal.Profile.Width = width;
        terminal.Write(JobPanel.Of(view, PixelPicture.Load(WritePicture(folder)), "a status", width, height));
        return writer.ToString();
    }

    private static string WritePicture(Processes.TempFolder folder)
    {
        using var bitmap = new SKBitmap(224, 224);
        bitmap.Erase(SKColors.White);
        using var file = File.Create(folder["picture.png"]);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        return folder["picture.png"];
    }
}
