using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Studies;

namespace DistGan.Client.Commands;

/// <summary>The commands that begin a study.</summary>
internal static class StudyNewCommands
{
    private const string DefaultSeeds = "1..3";

    private static readonly Option<string[]> GridVary = Vary("A key and its values; repeatable, all combinations are trained.", "key=v1,v2");
    private static readonly Option<string[]> SearchVary = Vary("A key and its range, uniform or (log) with equal factors equally likely, or values to choose from; repeatable.", "key=low..high[log]");
    private static readonly Option<string[]> Only = Names("--only", "Only these techniques.");
    private static readonly Option<string[]> Without = Names("--without", "Not these techniques.");
    private static readonly Option<string[]> Also = new("--also")
    {
        Description = "One configuration more, with the values that it deserves; repeatable.", HelpName = "NAME: key=value key=value", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<bool> Bare = new("--bare") { Description = "Turn every technique of the recipe off first." };
    private static readonly Option<string?> BestSeeds = new("--best-seeds") { Description = "Then train the best configuration under these seeds.", HelpName = "1..5|1,2,3" };
    private static readonly Option<long> SearchSeed = new("--seed") { Description = "Origin of the draws.", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private static readonly Option<int> Samples = new("--samples") { Description = "Configurations to draw.", HelpName = "N", DefaultValueFactory = static _ => 10 };

    static StudyNewCommands()
    {
        Samples.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var samples) && samples is < 1 or > 10_000)
            {
                result.AddError($"--samples {samples}: must be from 1 to 10000.");
            }
        });
    }

    public static Command Seeds(CommandConsole console)
        => Make(console, StudyKinds.Seeds, "One recipe under several seeds.", [], static (_, request) => request with { Seeds = request.Seeds ?? DefaultSeeds });

    public static Command Grid(CommandConsole console)
        => Make(console, StudyKinds.Grid, "Every combination of the values of some keys; compared with the recipe itself where it is among them, else with the first.", [GridVary, Also],
            static (parsed, request) => request with { Seeds = request.Seeds ?? DefaultSeeds, Variations = parsed.GetValue(GridVary) ?? [], Also = parsed.GetValue(Also) ?? [] });

    public static Command Techniques(CommandConsole console)
        => Make(console, StudyKinds.Techniques, "The recipe, and the recipe with each technique that fits it added alone, with its defaults.", [Only, Without, Bare, Also],
            static (parsed, request) => request with
            {
                Seeds = request.Seeds ?? DefaultSeeds,
                Only = Split(parsed.GetValue(Only)),
                Without = Split(parsed.GetValue(Without)),
                Bare = parsed.GetValue(Bare),
                Also = parsed.GetValue(Also) ?? [],
            });

    public static Command Search(CommandConsole console)
        => Make(console, StudyKinds.Search, "Random search over ranges of keys (Lucic et al. 2018).", [SearchVary, Samples, SearchSeed, BestSeeds],
            static (parsed, request) => request with
            {
                Variations = parsed.GetValue(SearchVary) ?? [],
                Samples = parsed.GetValue(Samples),
                SearchSeed = parsed.GetValue(SearchSeed),
                ConfirmSeeds = parsed.GetValue(BestSeeds),
            });

    private static Command Make(CommandConsole console, string kind, string description, IReadOnlyList<Option> further, Func<ParseResult, StudyRequest, StudyRequest> read)
    {
        var options = new StudyOptions();
        var command = new Command(kind, description);
        options.AddTo(command, further);
        command.SetAction((parsed, _) => StudyStart.NewAsync(console.With(parsed), read(parsed, options.Read(parsed, kind))));
        return command;
    }

    private static Option<string[]> Vary(string description, string form) => new("--vary")
    {
        Description = description, HelpName = form, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
    };

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description, HelpName = "NAME,NAME", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
    };

    private static IReadOnlyList<string> Split(string[]? names)
        => [.. (names ?? []).SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
