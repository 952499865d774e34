using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Running;

/// <summary>study.json: a plan as a file.</summary>
public static class PlanFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonNode ToJson(StudyPlan plan) => JsonSerializer.SerializeToNode(plan, Options)!;

    public static string Write(StudyPlan plan) => JsonSerializer.Serialize(plan, Options) + "\n";

    /// <exception cref="DistGanException">The text is no plan.</exception>
    public static StudyPlan Read(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StudyPlan>(text, Options) is { Schema: StudyPlan.CurrentSchema } plan
                ? plan
                : throw new DistGanException($"'{path}' is a plan of another version of the program; use the version that wrote it.");
        }
        catch (JsonException exception)
        {
            throw new DistGanException($"'{path}' is no plan of a study ({exception.Message.TrimEnd('.')}); begin the study anew.", exception);
        }
    }
}
