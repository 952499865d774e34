using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistGan.Client.Champions;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Evaluating;
using DistGan.Recipes;
using DistGan.Training.Features;
using DistGan.Training.Metrics;

namespace DistGan.Client.Commands;

/// <summary>The arguments of <c>evaluate</c>.</summary>
internal sealed class EvaluateOptions
{
    private const string All = "all";

    private readonly Argument<string> _folder = RunOrJob.Argument();
    private readonly Option<string[]> _metrics = new("--metrics")
    {
        Description = "Scores, separated by commas: fid and kid, distances of features; prdc, precision, recall, density and coverage; is, an inception score; modes, modes or classes; label_accuracy, whether samples have the label that they were asked for; memorisation, copies of training images. All that fit without it.",
        HelpName = "fid,kid,prdc,is,modes,memorisation|all",
        CustomParser = static result => Names(result),
    };

    private readonly Option<int> _samples = Number("--samples", "Generated samples of one draw.", 2048, 16, 1_000_000);
    private readonly Option<int> _draws = Number("--draws", "Independent draws, of which mean and standard deviation are shown.", 3, 1, 1000);
    private readonly Option<string?> _features = new("--features")
    {
        Description = $"Feature network: {string.Join(", ", FeatureCatalog.Entries.Keys)}, or a TorchScript file; that of the data set without it.",
        HelpName = "NAME|FILE.pt",
    };

    private readonly Option<int> _size = Number("--features-size", "Height and width of the images that a TorchScript file takes.", new TorchScriptSettings().Size, 1, 4096);
    private readonly Option<int> _channels = Number("--features-channels", "Channels that it takes, 1 or 3; grey images are repeated.", new TorchScriptSettings().Channels, 1, 3);
    private readonly Option<(double Low, double High)> _range = new("--features-range")
    {
        Description = "The numbers that stand for black and white there.",
        HelpName = "LOW,HIGH",
        DefaultValueFactory = static _ => (new TorchScriptSettings().Low, new TorchScriptSettings().High),
        CustomParser = static result => Range(result),
    };

    private readonly Option<bool> _champions = DistributionOption.Champions();
    private readonly Option<Distribution?> _distribution = DistributionOption.Distribution();
    private readonly Option<int?> _replica = new("--replica") { Description = "Which replica; the best one without it.", HelpName = "N" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Origin of latents and of every choice among real samples; the recipe's without it.", HelpName = "N" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        foreach (var option in new Option[]
                 {
                     _metrics, _samples, _draws, _features, _size, _channels, _range, _champions, _distribution, _replica, _seed, ClusterArguments.Cluster, CommonOptions.Output, CommonOptions.Quiet, CommonOptions.NoColor,
                 })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is asked for; of a job, its files are here then.</summary>
    public async Task<EvaluateRequest> ReadAsync(CommandConsole console, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (asked, parts) = (parsed.GetRequiredValue(_folder), JobParts.Snapshots | JobParts.Data | (parsed.GetValue(_champions) ? JobParts.Champions : JobParts.None));
        var folder = await RunOrJob.FolderAsync(console, parsed, asked, parts, cancellationToken);
        var (low, high) = parsed.GetValue(_range);
        return new EvaluateRequest
        {
            Folder = folder,
            Keeps = folder == asked,
            Metrics = parsed.GetValue(_metrics) ?? [],
            Samples = parsed.GetValue(_samples),
            Draws = parsed.GetValue(_draws),
            Features = parsed.GetValue(_features),
            TorchScript = new TorchScriptSettings { Size = parsed.GetValue(_size), Channels = parsed.GetValue(_channels), Low = low, High = high },
            Champions = parsed.GetValue(_champions),
            Distribution = parsed.GetValue(_distribution),
            Replica = parsed.GetValue(_replica),
            Seed = parsed.GetValue(_seed),
        };
    }

    private static string[] Names(ArgumentResult result)
    {
        string[] allowed = [.. MetricCatalog.Entries.Keys, All];
        var names = result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.TrimEntries)).Distinct().ToArray();
        foreach (var name in names.Except(allowed))
        {
            result.AddError($"--metrics {name}: {NearestName.Explain(name, allowed)}.");
        }

        return names.Contains(All) ? [] : names;
    }

    private static (double Low, double High) Range(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var parts = text.Split(',');
        if (parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            && double.IsFinite(low) && double.IsFinite(high) && low < high)
        {
            return (low, high);
        }

        result.AddError($"--features-range {text}: give two numbers, the lower first, such as -1,1 or 0,255.");
        return default;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            {
                result.AddError($"{name} {value}: must be from {least} to {most}.");
            }
        });
        return option;
    }
}
