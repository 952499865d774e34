namespace DistGan.Recipes;

/// <summary>Something that goes wrong in training: told once, when it has lasted long enough.</summary>
/// <param name="Name">What it is, in lower-case words joined by hyphens.</param>
/// <param name="Message">One sentence with the evidence, and one with the recipe keys that usually help.</param>
/// <param name="Evidence">The numbers that show it, by metric name.</param>
/// <param name="Keys">Recipe keys that usually help, those first that helped most often; 'key=value' where it is a value that helps.</param>
public sealed record DiagnosisFinding(string Name, string Message, IReadOnlyDictionary<string, double> Evidence, IReadOnlyList<string> Keys);
