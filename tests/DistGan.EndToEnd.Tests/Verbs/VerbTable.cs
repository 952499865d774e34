namespace DistGan.EndToEnd.Tests.Verbs;

/// <summary>Which test calls which command in a terminal and as a program does. Pipes are what all other tests use.</summary>
internal static class VerbTable
{
    /// <summary>About this machine: files, recipes, data sets, trained runs.</summary>
    public static IReadOnlyList<Verb> Local { get; } =
    [
        new("list", "", "runs/tiny-ring"),
        new("describe", "runs/tiny-ring", "recipe"),
        new("samples", "runs/tiny-fashion", "samples/step-00000060.png"),
        new("report", "runs/tiny-ring --out MODE.html", "MODE.html"),
        new("compare", "runs/tiny-ring runs/tiny-fashion", "tiny-fashion"),
        new("prune", "--keep 99", "nothing to remove"),
        new("delete", "runs/gone-MODE --yes", "removed runs/gone-MODE"),
        new("presets", "", "fashion-wgan-gp"),
        new("presets show", "ring", "name: ring"),
        new("presets schema", "", "$schema") { HasJson = false },
        new("validate", "--preset ring", "valid"),
        new("explain", "batch", "65536"),
        new("data list", "", "fashion-10k"),
        new("data info", "ring", "ring"),
        new("data preview", "ring --out MODE.png", "MODE.png") { HasJson = false },
        new("doctor", "", "libtorch"),
        new("cluster list", "", "default"),
        new("study list", "", "There are no studies"),
        new("generate", "runs/tiny-fashion --count 1 --out MODE-1.png", "MODE-1.png"),
        new("evaluate", "mine --samples 64 --draws 1", "solid_modes"),
        new("export", "runs/tiny-ring --format safetensors --out MODE.safetensors", "MODE.safetensors"),
        new("interpolate", "runs/tiny-fashion --seeds 1,2 --frames 2 --out MODE.gif", "MODE.gif"),
        new("film", "runs/tiny-fashion --out MODE-film.gif", "MODE-film.gif"),
    ];

    /// <summary>About a job of a cluster, in the order in which they can be called for one that runs and is stopped at once.</summary>
    public static IReadOnlyList<Verb> OnCluster { get; } =
    [
        new("list", "", "mine"),
        new("describe", "mine", "recipe"),
        new("snapshot", "mine", "mine takes a snapshot with its next report"),
        new("scale", "mine --replicas 1", "mine is to have 1 replica"),
        new("pause", "mine", "mine "),
        new("stop", "mine --now", "mine has ended (interrupted at step "),
        new("resume", "mine", "mine goes on from its newest snapshots"),
        new("stop", "mine --now", "mine has ended (interrupted at step "),
        new("watch", "mine", "interrupted") { Ends = 130 },
        new("wait", "mine", "interrupted") { Ends = 130 },
        new("artifacts", "mine", "recipe.yaml"),
        new("samples", "mine --out MODE.png", "MODE.png"),
    ];

    /// <summary>Those with tests of their own, of all that they do: live displays, questions, shells and hosts.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } =
    [
        "train", "submit", "logs", "data get", "cluster add", "cluster use", "cluster remove", "completion", "complete", "silo", "worker",
        "study seeds", "study grid", "study techniques", "study search", "study resume", "study show",
    ];
}
