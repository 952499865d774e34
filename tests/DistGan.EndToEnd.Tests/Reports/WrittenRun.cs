using System.Text;
using System.Text.Json;
using DistGan.EndToEnd.Tests.Processes;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Reports;

/// <summary>Run folders written by hand, with everything that a training leaves or with parts of it.</summary>
internal static class WrittenRun
{
    /// <summary>A name that would break a page that does not escape.</summary>
    public const string Hostile = "</script><img src=x onerror=alert(1)>";

    /// <summary>A finished run of 400 steps with an evaluation and a picture every 100.</summary>
    public static string Complete(TempFolder folder, string name, int replicas = 1, long seed = 1)
    {
        var run = $"runs/{name}";
        folder.Write($"{run}/recipe.yaml", $"name: {name}\nseed: {seed}\nbudget: {{ steps: 400 }}\ntopology: {{ replicas: {replicas} }}\n");
        for (var replica = 0; replica < replicas; replica++)
        {
            folder.Write($"{run}/metrics/r{replica}.jsonl", Metrics(replica));
        }

        folder.Write($"{run}/evaluation.jsonl", Evaluations());
        folder.Write($"{run}/events.jsonl", Events(name));
        folder.Write($"{run}/summary.json", Summary(name, "completed"));
        folder.Write($"{run}/snapshots/r0/step-00000400-e1/manifest.json", "{}");
        folder.Write($"{run}/machine.json", """{"schema":"distgan.machine/1","system":"a system","cores":2,"libtorch":"2.10.0"}""");
        foreach (var step in new[] { 100, 200, 300, 400 })
        {
            Picture(folder, $"{run}/samples/step-{step:D8}.png", (byte)(step / 2));
        }

        return folder[run];
    }

    /// <summary>A run in which nothing was evaluated or drawn, and whose process died in the middle of a line.</summary>
    public static string Torn(TempFolder folder, string name)
    {
        var run = $"runs/{name}";
        folder.Write($"{run}/recipe.yaml", $"name: {name}\nevaluation: null\n");
        folder.Write($"{run}/metrics/r0.jsonl", Metrics(0) + "{\"replica\":0,\"epoch\":1,\"st");
        folder.Write($"{run}/events.jsonl", Events(Hostile).Split("\n")[0] + "\n{\"sequence\":2,");
        folder.Write($"{run}/summary.json", Summary(name, "running"));
        return folder[run];
    }

    /// <summary>What the command evaluate appends: the score of a snapshot by another network than training's, of the same epoch.</summary>
    public static void Evaluate(string run, long step, double fid)
        => File.AppendAllText(Path.Combine(run, "evaluation.jsonl"), JsonSerializer.Serialize(new
        {
            replica = 0, epoch = 1, step, images = 1, time = "2026-01-01T00:00:00Z", source = "evaluate", scores = new { fid, kid_standard_error = 0.5 },
            provenance = new { fid = new { feature_network = "random", feature_hash = new string('a', 64), samples = 512, seed = 1 }, snapshot = new { draws = 3 } },
        }) + "\n");

    public static string Summary(string name, string state) => $$"""
        {"schema":"distgan.summary/1","job":"{{name}}","state":"{{state}}","steps":400,"images":25600,"seconds":40,"images_per_second":640,
         "scores":{"fid":50},"files":{},"failure":{{(state == "failed" ? "\"the loss of D is not finite\"" : "null")}} }
        """;

    private static string Metrics(int replica)
    {
        var text = new StringBuilder();
        for (var step = 10; step <= 400; step += 10)
        {
            double? loss = step == 200 ? null : 1.0 / step;
            text.AppendLine(JsonSerializer.Serialize(new
            {
                replica, epoch = 1, step, images = step * 64, seconds = step * 0.1, d_loss = loss, g_loss = 1 + replica,
                d_real_accuracy = 0.9, d_fake_accuracy = 0.8, images_per_second = 640, steps_per_second = 10, something_new = step,
            }));
        }

        return text.ToString();
    }

    private static string Evaluations()
        => string.Concat(new (int Step, double Fid)[] { (100, 200), (200, 40), (300, 60), (400, 50) }.Select(static score => JsonSerializer.Serialize(new
        {
            replica = 0, epoch = 1, step = score.Step, images = 1, time = "2026-01-01T00:00:00Z", scores = new { fid = score.Fid },
            provenance = new { fid = new { feature_network = "a network", samples = 256, seed = 1 } },
        }) + "\n"));

    private static string Events(string text)
        => string.Concat(new (int Number, string Kind, string Message)[] { (1, "submitted", $"The job '{text}' is submitted."), (2, "completed", "Done.") }.Select(static entry => JsonSerializer.Serialize(new
        {
            schema = "distgan.event/1", sequence = entry.Number, time = $"2026-01-01T00:0{entry.Number}:00Z", kind = entry.Kind, replica = (int?)null, message = entry.Message,
        }) + "\n"));

    private static void Picture(TempFolder folder, string name, byte shade)
    {
        using var bitmap = new SKBitmap(64, 64);
        bitmap.Erase(new SKColor(shade, shade, shade));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        folder.Write(name, "");
        File.WriteAllBytes(folder[name], data.ToArray());
    }
}
