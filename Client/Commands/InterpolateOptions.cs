using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Client.Outputs;
using DistGan.Training.Images.Animations;

namespace DistGan.Client.Commands;

/// <summary>The arguments of <c>interpolate</c>.</summary>
internal sealed class InterpolateOptions
{
    private const int MostFrames = 10_000;
    private const int MostPlaces = 100;
    private const string Still = ".png";

    private readonly Argument<string> _run = RunOrJob.Argument();
    private readonly Option<long?> _fromSeed = new("--from-seed") { Description = "The seed to start from; with --to-seed.", HelpName = "A" };
    private readonly Option<long?> _toSeed = new("--to-seed") { Description = "The seed to end at.", HelpName = "B" };
    private readonly Option<string?> _seeds = new("--seeds") { Description = "Seeds to pass, in order; 1,2,3,4 without any. With --vary, or with several labels, one seed is that of the sample; 1 without any.", HelpName = "a,b,c" };
    private readonly Option<string[]> _labels = LabelOption.Create("Labels to pass, in order, each fading into the next; one is held all along.");
    private readonly Option<string?> _vary = new("--vary")
    {
        Description = "Changes single numbers of one sample instead: z1, z2, … of the noise, c1, c2, … of the codes of infogan, y the label. A row for each; a .png file is a still with a column for each value.",
        HelpName = "z1..z8,c1,y",
    };

    private readonly Option<double?> _from = new("--from") { Description = "With --vary: the first value; -2 of normal noise, -1 of uniform noise and of codes.", HelpName = "V" };
    private readonly Option<double?> _to = new("--to") { Description = "With --vary: the last value; 2 or 1.", HelpName = "V" };
    private readonly Option<int?> _frames = RunArguments.Count(
        "--frames", $"Frames of the whole walk; {InterpolateRequest.UsualFrames} without it, {InterpolateRequest.UsualFramesOfStrip} for a strip.", MostFrames);

    private readonly Option<double> _framesPerSecond = RunArguments.Number("--fps", "Frames a second.", "N", 20, 0, 100);
    private readonly Option<bool> _loop = new("--loop") { Description = "Walk back to the first seed at the end." };
    private readonly Option<bool> _strip = new("--strip") { Description = "One still .png with the frames side by side." };
    private readonly Option<int?> _rows = RunArguments.Count("--rows", "Rows of a grid of walks.", MostPlaces);
    private readonly Option<int?> _columns = RunArguments.Count("--columns", "Columns of a grid of walks.", MostPlaces);
    private readonly Option<double> _truncation = RunArguments.Truncation();
    private readonly Option<int?> _replica = RunArguments.Replica();
    private readonly Option<bool> _raw = RunArguments.Raw();
    private readonly Option<string> _out = new("--out")
    {
        Description = $"The file; its extension is the format: {string.Join(", ", AnimationFormats.Writers.Keys)}.",
        HelpName = "FILE",
        Required = true,
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_run);
        foreach (var option in new Option[]
                 {
                     _fromSeed, _toSeed, _seeds, _labels, _vary, _from, _to, _frames, _framesPerSecond, _loop, _strip, _rows, _columns, _truncation, _replica, _raw, _out, ClusterArguments.Cluster, CommonOptions.Output,
                 })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Refuse);
    }

    /// <summary>The run or job as it was written.</summary>
    public string Asked(ParseResult parsed) => parsed.GetRequiredValue(_run);

    public InterpolateRequest Read(ParseResult parsed, string folder) => new()
    {
        Run = folder,
        Seeds = parsed.GetValue(_fromSeed) is { } from ? [from, parsed.GetValue(_toSeed)!.Value] : parsed.GetValue(_seeds) is { } seeds ? Parse(seeds) : null,
        Labels = parsed.GetValue(_labels) ?? [],
        Vary = parsed.GetValue(_vary),
        From = parsed.GetValue(_from),
        To = parsed.GetValue(_to),
        Frames = parsed.GetValue(_frames),
        FramesPerSecond = parsed.GetValue(_framesPerSecond),
        Loop = parsed.GetValue(_loop),
        Strip = parsed.GetValue(_strip) || (parsed.GetValue(_vary) is not null && IsStill(parsed.GetRequiredValue(_out))),
        Rows = parsed.GetValue(_rows),
        Columns = parsed.GetValue(_columns),
        Truncation = parsed.GetValue(_truncation),
        Replica = parsed.GetValue(_replica),
        Raw = parsed.GetValue(_raw),
        Out = parsed.GetRequiredValue(_out),
        Json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json,
    };

    private void Refuse(CommandResult result)
    {
        RefuseSeeds(result);
        if (result.ReadableValue(_frames) is 1)
        {
            result.AddError("--frames 1: a walk has at least two frames.");
        }

        if (result.ReadableValue(_vary) is not null)
        {
            RefuseBesideVary(result);
        }
        else if ((result.ReadableValue(_from) ?? result.ReadableValue(_to)) is not null)
        {
            result.AddError("--from and --to are the values of --vary; give that too, or leave them away (seeds are --from-seed and --to-seed).");
        }

        RefuseFile(result);
    }

    private void RefuseSeeds(CommandResult result)
    {
        var (from, to, seeds) = (result.ReadableValue(_fromSeed), result.ReadableValue(_toSeed), result.ReadableValue(_seeds));
        if (from is null != to is null)
        {
            result.AddError("--from-seed and --to-seed belong together; give both, or --seeds.");
        }

        if (seeds is not null && (from ?? to) is not null)
        {
            result.AddError("--seeds stands instead of --from-seed and --to-seed; give one or the other.");
        }

        var isOneEnough = result.ReadableValue(_vary) is not null || result.ReadableValue(_labels) is { Length: > 0 };
        if (seeds is not null && !(Parse(seeds) is { } numbers && (numbers.Count > 1 || isOneEnough)))
        {
            result.AddError(isOneEnough
                ? $"--seeds {seeds}: give whole numbers with commas between them, such as 1,2,3."
                : $"--seeds {seeds}: give two or more whole numbers with commas between them, such as 1,2,3.");
        }
    }

    private void RefuseBesideVary(CommandResult result)
    {
        var (from, to) = (result.ReadableValue(_from), result.ReadableValue(_to));
        foreach (var (name, value) in new[] { ("--from", from), ("--to", to) }.Where(static end => end.Item2 is { } value && !double.IsFinite(value)))
        {
            result.AddError(FormattableString.Invariant($"{name} {value}: a finite number is needed."));
        }

        if (from is not null && from == to)
        {
            result.AddError(FormattableString.Invariant($"--from {from} and --to {to} are the same number, so nothing would change; give two."));
        }

        if ((result.ReadableValue(_fromSeed) ?? result.ReadableValue(_toSeed)) is not null || Parse(result.ReadableValue(_seeds) ?? "") is { Count: > 1 })
        {
            result.AddError("--vary changes one sample, so it takes one seed; name it with --seeds, such as --seeds 7.");
        }

        if (result.ReadableValue(_rows) is not null)
        {
            result.AddError("--rows: with --vary each thing that is varied has its row; leave --rows away.");
        }

        if (result.ReadableValue(_columns) is not null && IsStill(result.ReadableValue(_out)))
        {
            result.AddError("--columns: a still of --vary has a column for each value; say with --frames how many.");
        }
    }

    private void RefuseFile(CommandResult result)
    {
        if (result.ReadableValue(_out) is not { } path)
        {
            return;
        }

        if (result.ReadableValue(_strip) && !IsStill(path))
        {
            result.AddError($"--out {path}: a strip is written as {Still}; name such a file.");
        }
        else if (!AnimationFormats.Writers.ContainsKey(Path.GetExtension(path).ToLowerInvariant()))
        {
            result.AddError($"--out {path}: the extension must be one of {string.Join(", ", AnimationFormats.Writers.Keys)}.");
        }
    }

    private static bool IsStill(string? path) => Path.GetExtension(path ?? "").Equals(Still, StringComparison.OrdinalIgnoreCase);

    private static List<long>? Parse(string seeds)
    {
        var numbers = new List<long>();
        foreach (var part in seeds.Split(','))
        {
            if (!long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
