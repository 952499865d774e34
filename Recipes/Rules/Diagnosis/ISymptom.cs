using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>One way in which training goes wrong, seen in the values of a report and what the symptom remembers of earlier ones.</summary>
internal interface ISymptom
{
    string Name { get; }

    /// <summary>The beginning of a sentence that says what happens.</summary>
    string Meaning { get; }

    /// <summary>Reports in a row that must show it.</summary>
    int Reports { get; }

    /// <summary>What the reports are.</summary>
    string Unit => "rounds";

    /// <summary>Recipe keys that usually help, those first that helped most often; 'key=value' where it is a value that helps.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>Whether this report shows it; null where it lacks a value.</summary>
    bool? Shows(ReportValues values);

    /// <summary>What it remembers of earlier reports; null where that is nothing.</summary>
    JsonNode? Capture() => null;

    /// <summary>Goes back to what <see cref="Capture"/> gave.</summary>
    void Restore(JsonNode memory)
    {
    }
}
