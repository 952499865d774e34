using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Worker.Champions;

namespace DistGan.Worker.Replicas;

/// <summary>A replica with its data, its metrics and its pictures. Used by the training thread alone.</summary>
public interface IReplicaSession : IDisposable
{
    IReplica Replica { get; }

    /// <summary>SHA-256 of the data set that is learnt.</summary>
    string DataFingerprint { get; }

    /// <summary>The shape of one sample.</summary>
    SampleShape Shape { get; }

    /// <summary>The classes of the data where the recipe uses labels; null elsewhere.</summary>
    DataLabels? Labels => null;

    /// <summary>Scores the generator as it stands; touches none of the replica's generators of random numbers.</summary>
    Evaluation Evaluate();

    /// <summary>
    /// Lets the generator as it stands challenge the champions of the modes, by their qualities; nothing is won where the recipe keeps
    /// none. Touches none of the replica's generators of random numbers.
    /// </summary>
    Challenge Challenge(IReadOnlyDictionary<int, ModeQuality> champions) => Champions.Challenge.Lost;

    /// <summary>Draws the fixed latents; what it returns makes the picture's bytes (PNG), on any thread.</summary>
    Func<byte[]> Draw();
}
