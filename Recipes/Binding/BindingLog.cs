namespace DistGan.Recipes.Binding;

/// <summary>What was found while a text became a recipe: errors, and where each key was written.</summary>
internal sealed class BindingLog
{
    private readonly List<RecipeError> _errors = [];
    private readonly List<string> _doubtful = [];
    private readonly List<string> _doubtfulParts = [];
    private readonly Dictionary<string, (int Line, string? Text)> _places = [];

    public IReadOnlyList<RecipeError> Errors => _errors;

    public void Written(string path, RecipeNode value, int line)
        => _places[path] = (line, value is ScalarNode scalar ? scalar.Text : null);

    /// <summary>Adds an error after which the value at <paramref name="path"/> is not what was meant.</summary>
    public void Refuse(string path, string? value, string message, int line)
    {
        _errors.Add(new RecipeError(path, value, message, line));
        _doubtful.Add(path);
    }

    /// <summary>Adds an error about a key that does not exist: any key that could stand beside it, and is not written, may have been meant.</summary>
    public void RefuseKey(string path, string parent, string? value, string message, int line)
    {
        _errors.Add(new RecipeError(path, value, message, line));
        if (parent.Length > 0)
        {
            _doubtfulParts.Add(parent);
        }
    }

    /// <summary>Adds what validation found, with lines, except what only follows from errors that are known already.</summary>
    public void Add(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => !finding.Keys.Any(IsDoubtful)).ToList())
        {
            _errors.Add(Located(finding.Error));
        }
    }

    /// <summary>All errors: those with lines first, in the order of the text.</summary>
    public IReadOnlyList<RecipeError> Sorted()
        => _errors.OrderBy(static error => error.Line == 0 ? int.MaxValue : error.Line).ToArray();

    private RecipeError Located(RecipeError error)
    {
        for (var path = error.Key; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOf('.'))])
        {
            if (_places.TryGetValue(path, out var place))
            {
                var text = path == error.Key ? place.Text ?? error.Value : error.Value;
                return error with { Line = place.Line, Value = text };
            }
        }

        return error;
    }

    private bool IsDoubtful(string key)
        => _doubtful.Exists(path => path == key || key.StartsWith(path + ".", StringComparison.Ordinal)
            || path.StartsWith(key + ".", StringComparison.Ordinal))
            || _doubtfulParts.Exists(part => part == key || part.StartsWith(key + ".", StringComparison.Ordinal)
                || (key.StartsWith(part + ".", StringComparison.Ordinal) && !_places.ContainsKey(key)));
}
