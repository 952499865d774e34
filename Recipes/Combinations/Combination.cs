using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Choices made together in one recipe: what else has to be set for it, or why validation refuses it.</summary>
public sealed record Combination
{
    /// <summary>More adjustments than any pair needs would only make the search long.</summary>
    private const int MostAdjustments = 3;

    private Combination(IReadOnlyList<Choice> choices, IReadOnlyList<string> adjustments, Recipe recipe, IReadOnlyList<RecipeError> errors)
    {
        Choices = choices;
        Adjustments = adjustments;
        Recipe = recipe;
        Errors = errors;
    }

    /// <summary>The choices, in the order of <see cref="DistGan.Recipes.Choices.Axes"/>.</summary>
    public IReadOnlyList<Choice> Choices { get; }

    /// <summary>The fewest other assignments with which the choices are allowed; where none help, those that each choice needs by itself.</summary>
    public IReadOnlyList<string> Adjustments { get; }

    /// <summary>The recipe with choices and adjustments.</summary>
    public Recipe Recipe { get; }

    /// <summary>Why it is refused; none where it is allowed.</summary>
    public IReadOnlyList<RecipeError> Errors { get; }

    /// <summary>Whether it can be trained.</summary>
    public bool IsAllowed => Errors.Count == 0;

    /// <summary>What tables and tests call it.</summary>
    public string Name => string.Join(" + ", Choices);

    /// <summary>Makes choices in a recipe, with the fewest adjustments that validation asks for.</summary>
    /// <param name="start">A valid recipe that the choices change.</param>
    /// <param name="choices">At most one value of a key.</param>
    public static Combination Of(Recipe start, params IReadOnlyList<Choice> choices)
    {
        ArgumentNullException.ThrowIfNull(start);
        Choice[] ordered = [.. choices.OrderBy(static choice => Order(choice))];
        var candidates = Adjustment.For(ordered);
        for (var count = 0; count <= MostAdjustments; count++)
        {
            foreach (var adjustments in Subsets(candidates, count))
            {
                if (Make(start, ordered, adjustments) is { IsAllowed: true } allowed)
                {
                    return allowed;
                }
            }
        }

        var own = ordered.Length == 1 ? [] : ordered.SelectMany(choice => Of(start, choice).Adjustments).Where(candidates.Contains).Distinct();
        return Make(start, ordered, [.. own]);
    }

    /// <summary>Every pair of choices of different keys, in the order of the catalogs.</summary>
    public static IEnumerable<(Choice First, Choice Second)> Pairs(IReadOnlyList<Choice> choices)
        => choices.SelectMany((first, i) => choices.Skip(i + 1).Where(second => second.Key != first.Key).Select(second => (first, second)));

    private static int Order(Choice choice) => DistGan.Recipes.Choices.Axes.ToList().IndexOf(DistGan.Recipes.Choices.AxisOf(choice));

    private static Combination Make(Recipe start, Choice[] choices, IReadOnlyList<string> adjustments)
    {
        var log = new BindingLog();
        var recipe = start;
        foreach (var assignment in choices.Select(static choice => choice.Assignment).Concat(adjustments))
        {
            recipe = AssignmentText.Read(assignment, log) is { } tree ? new RecipeBinder(log).Bind(tree, recipe) : recipe;
        }

        return new(choices, adjustments, recipe, [.. log.Sorted(), .. RecipeValidator.Validate(recipe)]);
    }

    private static IEnumerable<IReadOnlyList<string>> Subsets(IReadOnlyList<string> from, int count)
        => count == 0
            ? [[]]
            : from.SelectMany((first, i) => Subsets([.. from.Skip(i + 1)], count - 1).Select(rest => (IReadOnlyList<string>)[first, .. rest]));
}
