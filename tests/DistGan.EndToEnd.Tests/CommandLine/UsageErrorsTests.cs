using DistGan.Client.CommandLine;

namespace DistGan.EndToEnd.Tests.CommandLine;

public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("--steps abc: a whole number is needed.", "train", "--steps", "abc")]
    [InlineData("--seed 1.5: a whole number is needed.", "generate", "run", "--out", "a.png", "--seed", "1.5")]
    [InlineData("--count x: a whole number is needed.", "generate", "run", "--out", "a.png", "--count", "x")]
    [InlineData("--steps 99999999999999999999: a smaller whole number is needed.", "train", "--steps", "99999999999999999999")]
    [InlineData("--fps fast: a number is needed.", "film", "run", "--fps", "fast")]
    [InlineData("--frames many: a whole number is needed.", "interpolate", "run", "--seeds", "1,2", "--out", "a.gif", "--frames", "many")]
    [InlineData("--format", "export", "run", "--format")]
    [InlineData("--out", "film", "run", "--out")]
    [InlineData("--run-dir '': a folder is needed", "train", "--run-dir", "")]
    [InlineData("--out m.safetensors: the extension says safetensors and --format says onnx", "export", "run", "--format", "onnx", "--out", "m.safetensors")]
    [InlineData("--out pr.jpg: the extension must be .png", "data", "preview", "ring", "--out", "pr.jpg")]
    [InlineData("--out both.txt: the extension must be .html", "compare", "run", "--out", "both.txt")]
    [InlineData("Commands:")]
    [InlineData("Commands:", "data")]
    public async Task Command_ThatCannotBe_SaysWhatIsNeeded(string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await Cli.RunAsync(arguments, new CommandConsole { Out = output, Error = error, IsTerminal = false, NoColor = true, Time = TimeProvider.System });

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }
}
