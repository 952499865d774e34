using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>Begins when a symptom showed in so many reports in a row, and ends when it was absent from as many in a row.</summary>
/// <param name="reports">How many, at least 1.</param>
internal sealed class Episode(int reports)
{
    private bool _isOpen;
    private int _inARow;

    /// <summary>Whether this report begins one.</summary>
    public bool Begins(bool shows)
    {
        _inARow = shows == _isOpen ? 0 : _inARow + 1;
        if (_inARow < reports)
        {
            return false;
        }

        (_isOpen, _inARow) = (!_isOpen, 0);
        return _isOpen;
    }

    /// <summary>Whether one is open, and the reports in a row that speak against that.</summary>
    public JsonArray Capture() => new(_isOpen, _inARow);

    /// <summary>Goes back to what <see cref="Capture"/> gave.</summary>
    public void Restore(JsonArray state) => (_isOpen, _inARow) = (state[0]!.GetValue<bool>(), state[1]!.GetValue<int>());
}
