using System.Text.RegularExpressions;

namespace DistGan.Recipes.Tests.Documents;

public sealed class TechniquePageTests
{
    private const string Folder = "docs/techniques";

    /// <summary>What needs no key of its own.</summary>
    private static readonly string[] WithoutKey = ["two-time-scales"];

    /// <summary>A page that is about what another explains.</summary>
    private static readonly Dictionary<string, string> Explained = new() { ["r2"] = "r1" };

    public static TheoryData<string> Techniques
        => [.. RecipeKeys.All.Where(static key => key.Path.StartsWith("techniques.", StringComparison.Ordinal) && key.Path.Count('.') == 1).Select(static key => key.Path["techniques.".Length..])];

    public static TheoryData<string> Pages
        => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, Folder), "*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Techniques))]
    public void Page_OfEveryTechnique_NamesItAndEachOfItsKeys(string technique)
    {
        var page = Read(technique);

        Assert.StartsWith($"# {technique}", page, StringComparison.Ordinal);
        var explaining = Explained.TryGetValue(technique, out var other) ? Read(other) : page;
        Assert.All(RecipeKeys.Below($"techniques.{technique}").Where(static key => key.Path.Count('.') > 1), key => Assert.Contains($"`{key.Path.Split('.')[^1]}`", explaining, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_InTheFolder_IsOfATechnique(string page)
        => Assert.Contains(page, Techniques.Select(static technique => technique.Data).Concat(WithoutKey));

    /// <summary>Each recipe that a page tells a reader to train is one that validation accepts, without a word of warning.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Commands_TrainRecipesThatAreAccepted(string page)
    {
        var commands = Regex.Matches(Read(page), "^(?:distgan|dotnet run -c Release --project Client --) train(?<arguments> .*)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Assert.True(commands.Count > 0 || Explained.ContainsKey(page), $"{Folder}/{page}.md has no command that trains with it.");
        Assert.All(commands, static command =>
        {
            var recipe = RecipeOf(command.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.Empty(RecipeValidator.Validate(recipe));
            Assert.Empty(RecipeValidator.Warnings(recipe));
        });
    }

    private static Recipe RecipeOf(string[] arguments)
    {
        var (preset, assignments) = (DistGan.Recipes.Presets.Default, new List<string>());
        for (var i = 0; i < arguments.Length; i += 2)
        {
            Assert.True(i + 1 < arguments.Length, $"{arguments[i]} has no value.");
            switch (arguments[i])
            {
                case "--preset":
                    preset = arguments[i + 1];
                    break;
                case "--set":
                    assignments.Add(arguments[i + 1].Trim('\''));
                    break;
                default:
                    Assert.Fail($"This test does not know {arguments[i]}.");
                    break;
            }
        }

        return RecipeReader.Apply(DistGan.Recipes.Presets.Get(preset).Make(), assignments);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Checkout.Root, Folder, $"{page}.md"));
}
