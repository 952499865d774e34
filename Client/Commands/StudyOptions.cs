using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Studies;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Commands;

/// <summary>Arguments that the commands on studies share.</summary>
internal sealed class StudyOptions
{
    private readonly Argument<string?> _recipe = new("RECIPE") { Description = "A recipe file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _preset = new("--preset") { Description = "A recipe that comes with the program; 'distgan presets' lists them.", HelpName = "NAME" };
    private readonly Option<string?> _seeds = new("--seeds") { Description = "Seeds of each configuration; 1..3 without it, and in a search the seed of the recipe.", HelpName = "1..5|1,2,3" };
    private readonly Option<long?> _steps = new("--steps") { Description = "Steps of each replica.", HelpName = "N" };
    private readonly Option<string?> _name = new("--name") { Description = "Name of the study; kind and recipe without it.", HelpName = "ID" };
    private readonly Option<int> _parallel = new("--parallel") { Description = "Runs that train at the same time and share the cores.", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _budget = new("--budget") { Description = "Refuse to start where the estimate is above this.", HelpName = "90m|12h|2d" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the runs and the estimate, and start nothing." };
    private readonly Option<string> _device = new("--device") { Description = "Where to compute.", HelpName = "cpu|cuda[:I]", DefaultValueFactory = static _ => "cpu" };

    public StudyOptions()
    {
        _parallel.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var parallel) && parallel is < 1 or > 256)
            {
                result.AddError($"--parallel {parallel}: must be from 1 to 256.");
            }
        });
        _budget.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && Ages.Parse(result.Tokens[0].Value) is null)
            {
                result.AddError($"--budget {result.Tokens[0].Value}: must be {Ages.Form}.");
            }
        });
        _device.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && !IsDevice(result.Tokens[0].Value))
            {
                result.AddError($"--device {result.Tokens[0].Value}: allowed are cpu, cuda, cuda:I with a device number.");
            }
        });
    }

    /// <summary>The folder of the studies.</summary>
    public static Option<string> Studies { get; } = new("--studies")
    {
        Description = "The folder whose folders are studies.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => StudyFolder.Standard,
    };

    public static Argument<string> Study() => new("ID") { Description = "Name or folder of a study." };

    public void AddTo(Command command, IReadOnlyList<Option> further)
    {
        command.Arguments.Add(_recipe);
        Option[] options =
        [
            _preset, _seeds, .. further, CommonOptions.Set, _steps, _parallel, _budget, _dryRun, _name, Studies, _device,
            CommonOptions.Quiet, CommonOptions.NoColor, CommonOptions.Output,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (CommonOptions.WholeNumber(result, _steps) is { } steps)
            {
                CommonOptions.RefuseContradictions(result, ($"budget.steps={steps}", $"--steps {steps}"));
            }
        });
    }

    public StudyRequest Read(ParseResult parsed, string kind) => new()
    {
        Kind = kind,
        Command = CommandForm.Of(parsed.Tokens.Select(static token => token.Value)),
        RecipeFile = parsed.GetValue(_recipe),
        Preset = parsed.GetValue(_preset),
        Overrides = [.. parsed.GetValue(CommonOptions.Set) ?? [], .. parsed.GetValue(_steps) is { } steps ? [$"budget.steps={steps}"] : Array.Empty<string>()],
        Seeds = parsed.GetValue(_seeds),
        Studies = parsed.GetValue(Studies)!,
        Name = parsed.GetValue(_name),
        Parallel = parsed.GetValue(_parallel),
        Budget = parsed.GetValue(_budget) is { } budget ? Ages.Parse(budget) : null,
        DryRun = parsed.GetValue(_dryRun),
        Device = parsed.GetValue(_device) is "cuda" ? "cuda:0" : parsed.GetValue(_device)!,
        Quiet = parsed.GetValue(CommonOptions.Quiet),
        Format = parsed.GetValue(CommonOptions.Output),
    };

    private static bool IsDevice(string device)
        => device is "cpu" or "cuda" || (device.StartsWith("cuda:", StringComparison.Ordinal) && device.Length > 5 && device.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);
}
