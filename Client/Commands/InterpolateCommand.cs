using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Client.Outputs;
using DistGan.Training.Images.Animations;

namespace DistGan.Client.Commands;

/// <summary><c>interpolate RUN_DIR</c>: a walk through latent space.</summary>
public static class InterpolateCommand
{
    private const int MostFrames = 10_000;
    private const int MostPlaces = 100;
    private const int UsualFrames = 60;
    private const int UsualFramesOfStrip = 10;

    public static CommandEntry Create(CommandConsole console)
    {
        var arguments = new Arguments();
        var command = new Command("interpolate", "Walks through latent space from seed to seed: an animation, or a strip of pictures.")
        {
            arguments.Run, arguments.From, arguments.To, arguments.Seeds, arguments.Frames, arguments.FramesPerSecond, arguments.Loop, arguments.Strip,
            arguments.Rows, arguments.Columns, arguments.Truncation, arguments.Replica, arguments.Raw, arguments.Out, CommonOptions.Output,
        };
        command.Validators.Add(arguments.Refuse);
        command.SetAction((parsed, cancellationToken) => new InterpolateFlow(console, arguments.Read(parsed)).RunAsync(cancellationToken));
        return new(command,
        [
            new("distgan interpolate runs/fashion --from-seed 1 --to-seed 2 --out walk.gif", "from one sample to another"),
            new("distgan interpolate runs/fashion --seeds 1,2,3,4 --loop --frames 120 --rows 4 --columns 4 --out walk.png", "sixteen walks that go round, as animated PNG"),
            new("distgan interpolate runs/fashion --seeds 1,2 --strip --rows 5 --out strip.png", "five walks as rows of a still picture"),
        ]);
    }

    private sealed class Arguments
    {
        public Argument<string> Run { get; } = RunArguments.Run();

        public Option<long?> From { get; } = new("--from-seed") { Description = "The seed to start from; with --to-seed.", HelpName = "A" };

        public Option<long?> To { get; } = new("--to-seed") { Description = "The seed to end at.", HelpName = "B" };

        public Option<string?> Seeds { get; } = new("--seeds") { Description = "Seeds to pass, in order; 1,2,3,4 without any.", HelpName = "a,b,c" };

        public Option<int?> Frames { get; } = RunArguments.Count("--frames", $"Frames of the whole walk; {UsualFrames} without it, {UsualFramesOfStrip} for a strip.", MostFrames);

        public Option<double> FramesPerSecond { get; } = RunArguments.Number("--fps", "Frames a second.", "N", 20, 0, 100);

        public Option<bool> Loop { get; } = new("--loop") { Description = "Walk back to the first seed at the end." };

        public Option<bool> Strip { get; } = new("--strip") { Description = "One still .png with the frames side by side." };

        public Option<int?> Rows { get; } = RunArguments.Count("--rows", "Rows of a grid of walks.", MostPlaces);

        public Option<int?> Columns { get; } = RunArguments.Count("--columns", "Columns of a grid of walks.", MostPlaces);

        public Option<double> Truncation { get; } = RunArguments.Truncation();

        public Option<int?> Replica { get; } = RunArguments.Replica();

        public Option<bool> Raw { get; } = RunArguments.Raw();

        public Option<string> Out { get; } = new("--out")
        {
            Description = $"The file; its extension is the format: {string.Join(", ", AnimationFormats.Writers.Keys)}.",
            HelpName = "FILE",
            Required = true,
        };

        public void Refuse(CommandResult result)
        {
            var (from, to, seeds) = (result.ReadableValue(From), result.ReadableValue(To), result.ReadableValue(Seeds));
            if (from is null != to is null)
            {
                result.AddError("--from-seed and --to-seed belong together; give both, or --seeds.");
            }

            if (seeds is not null && (from ?? to) is not null)
            {
                result.AddError("--seeds stands instead of --from-seed and --to-seed; give one or the other.");
            }

            if (seeds is not null && Parse(seeds) is not { Count: >= 2 })
            {
                result.AddError($"--seeds {seeds}: give two or more whole numbers with commas between them, such as 1,2,3.");
            }

            if (result.ReadableValue(Frames) is 1)
            {
                result.AddError("--frames 1: a walk has at least two frames.");
            }

            RefuseFile(result);
        }

        public InterpolateRequest Read(ParseResult parsed) => new()
        {
            Run = parsed.GetRequiredValue(Run),
            Seeds = parsed.GetValue(From) is { } from ? [from, parsed.GetValue(To)!.Value] : Parse(parsed.GetValue(Seeds) ?? "1,2,3,4")!,
            Frames = parsed.GetValue(Frames) ?? (parsed.GetValue(Strip) ? UsualFramesOfStrip : UsualFrames),
            FramesPerSecond = parsed.GetValue(FramesPerSecond),
            Loop = parsed.GetValue(Loop),
            Strip = parsed.GetValue(Strip),
            Rows = parsed.GetValue(Rows),
            Columns = parsed.GetValue(Columns),
            Truncation = parsed.GetValue(Truncation),
            Replica = parsed.GetValue(Replica),
            Raw = parsed.GetValue(Raw),
            Out = parsed.GetRequiredValue(Out),
            Json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json,
        };

        private void RefuseFile(CommandResult result)
        {
            if (result.ReadableValue(Out) is not { } path)
            {
                return;
            }

            var extension = Path.GetExtension(path).ToLowerInvariant();
            if (result.ReadableValue(Strip) && extension != ".png")
            {
                result.AddError($"--out {path}: a strip is written as .png; name such a file.");
            }
            else if (!AnimationFormats.Writers.ContainsKey(extension))
            {
                result.AddError($"--out {path}: the extension must be one of {string.Join(", ", AnimationFormats.Writers.Keys)}.");
            }
        }

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
}
