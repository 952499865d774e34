namespace DistGan.Client.Studies.Running;

/// <summary>Trains one run of a study.</summary>
public interface IStudyTraining
{
    /// <summary>Trains to the end.</summary>
    /// <param name="arguments">Of the console.</param>
    /// <param name="stop">Asks it to end with a snapshot.</param>
    /// <returns>Its exit code, and the end of what it said on standard error.</returns>
    Task<(int ExitCode, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop);

    /// <summary>Ends all trainings at once.</summary>
    void KillAll();
}
