using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;

namespace DistGan.Client.Commands;

/// <summary>The arguments of <c>train</c>.</summary>
internal sealed class TrainOptions
{
    private readonly Argument<string?> _recipe = new("RECIPE") { Description = "A recipe file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _preset = new("--preset") { Description = "A recipe that comes with the program; 'distgan presets' lists them.", HelpName = "NAME" };
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with the run in this folder.", HelpName = "RUN_DIR" };
    private readonly Option<string?> _from = new("--from") { Description = "Begin with the weights of this run, or with the generator of this safetensors file; its recipe too, where none is given.", HelpName = "RUN_DIR|FILE" };
    private readonly Option<int?> _replica = new("--replica") { Description = "Which replica of the run that --from names; the one that was last scored best without it.", HelpName = "N" };
    private readonly Option<bool> _tensorBoard = new("--tensorboard") { Description = "Write every report and picture for TensorBoard too, under RUN_DIR/tensorboard." };
    private readonly Option<int?> _web = new("--web") { Description = "Show the dashboard at http://127.0.0.1:PORT while it trains; 8080 without a number.", HelpName = "PORT", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _stopWithInput = new("--stop-with-input") { Description = "End with a snapshot when standard input ends; for programs that start this one." };
    private readonly Option<long?> _seed = new("--seed") { Description = "Origin of every random number.", HelpName = "N" };
    private readonly Option<long?> _steps = new("--steps") { Description = "Steps of each replica, counted from the start of the run.", HelpName = "N" };
    private readonly Option<int?> _threads = new("--threads") { Description = "CPU threads of a replica; without it, all cores, shared among the replicas.", HelpName = "N" };
    private readonly Option<int?> _replicas = new("--replicas") { Description = "Generator/discriminator pairs that train at the same time.", HelpName = "N" };
    private readonly Option<string?> _runFolder = new("--run-dir") { Description = "The folder of the run; runs/NAME without it.", HelpName = "DIR" };
    private readonly Option<string> _device = new("--device")
    {
        Description = "Where to compute.",
        HelpName = "cpu|cuda[:I]",
        DefaultValueFactory = static _ => "cpu",
    };

    private const int StandardWebPort = 8080;

    public TrainOptions()
    {
        _web.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 1 or > 65535)
            {
                result.AddError($"--web {port}: must be a port from 1 to 65535.");
            }
        });
        _runFolder.Validators.Add(static result =>
        {
            if (string.IsNullOrWhiteSpace(result.ReadableValue<string?>()))
            {
                result.AddError("--run-dir '': a folder is needed; name one, or leave --run-dir away for runs/NAME.");
            }
        });
        _device.Validators.Add(static result =>
        {
            var device = result.ReadableValue<string>() ?? "";
            var index = device.StartsWith("cuda:", StringComparison.Ordinal) ? device["cuda:".Length..] : null;
            if (device is not ("cpu" or "cuda") && !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"--device {device}: allowed are cpu, cuda, cuda:I with a device number.");
            }
        });
    }

    public void AddTo(Command command)
    {
        Symbol[] symbols =
        [
            _recipe, _preset, _resume, _from, _replica, CommonOptions.Set, _seed, _steps, _threads, _device, _runFolder, _replicas, _tensorBoard, _web, _stopWithInput,
            CommonOptions.Quiet, CommonOptions.NoColor, CommonOptions.Output, CommonOptions.Yes,
        ];
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else
            {
                command.Arguments.Add((Argument)symbol);
            }
        }

        command.Validators.Add(RefuseContradictions);
    }

    public TrainRequest Read(ParseResult parsed) => new()
    {
        RecipeFile = parsed.GetValue(_recipe),
        Preset = parsed.GetValue(_preset),
        Resume = parsed.GetValue(_resume),
        From = parsed.GetValue(_from),
        Replica = parsed.GetValue(_replica),
        TensorBoard = parsed.GetValue(_tensorBoard),
        Web = parsed.GetResult(_web) is null ? null : parsed.GetValue(_web) ?? StandardWebPort,
        StopWithInput = parsed.GetValue(_stopWithInput),
        Overrides = [.. parsed.GetValue(CommonOptions.Set) ?? [], .. Shortcuts(parsed.CommandResult).Select(static shortcut => shortcut.Assignment)],
        RunFolder = parsed.GetValue(_runFolder),
        Device = parsed.GetValue(_device) is "cuda" ? "cuda:0" : parsed.GetValue(_device)!,
        Quiet = parsed.GetValue(CommonOptions.Quiet),
        Json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json,
    };

    /// <summary>The assignments that options stand for, and the options as they were written.</summary>
    private IEnumerable<(string Assignment, string Shown)> Shortcuts(SymbolResult result)
    {
        (string Key, Option Option, long? Value)[] all =
        [
            ("seed", _seed, CommonOptions.WholeNumber(result, _seed)),
            ("budget.steps", _steps, CommonOptions.WholeNumber(result, _steps)),
            ("threads", _threads, CommonOptions.WholeNumber(result, _threads)),
            ("topology.replicas", _replicas, CommonOptions.WholeNumber(result, _replicas)),
        ];
        return all.Where(static one => one.Value is not null).Select(static one => ($"{one.Key}={one.Value}", $"{one.Option.Name} {one.Value}"));
    }

    private void RefuseContradictions(CommandResult result)
    {
        CommonOptions.RefuseContradictions(result, [.. Shortcuts(result)]);
        if (result.GetResult(_replica) is not null && result.GetResult(_from) is null)
        {
            result.AddError("--replica says which replica --from takes from; give --from too, or leave it away.");
        }

        if (result.GetResult(_resume) is null)
        {
            return;
        }

        if (result.GetResult(_from) is not null)
        {
            result.AddError("--resume goes on with a run and --from begins a new one; give one of them.");
        }

        if (result.GetResult(_recipe) is { Tokens.Count: > 0 } || result.GetResult(_preset) is not null)
        {
            result.AddError("--resume takes the recipe of the run; leave the recipe file and --preset away.");
        }

        if (result.GetResult(_runFolder) is not null)
        {
            result.AddError("--resume names the run folder already; leave --run-dir away.");
        }
    }
}
