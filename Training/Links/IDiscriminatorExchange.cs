namespace DistGan.Training.Links;

/// <summary>
/// Where the one generator of a job, in replica 0, meets the discriminators of the others (topology multi-discriminator). A version is the
/// generator as of one of its updates. The only link whose calls wait for other replicas, each no longer than it says.
/// </summary>
/// <remarks>
/// Replica 0 sends the batches of a version and hears the gradients of all who answered in time; the others take the newest version and
/// answer it. Whoever answers an older version than the newest is not heard.
/// </remarks>
public interface IDiscriminatorExchange
{
    /// <summary>Replica 0: whom the newest version reaches, in ascending order, itself among them; the others are not there or do not keep up.</summary>
    IReadOnlyList<int> Members { get; }

    /// <summary>Others: whether replica 0 has ended, so that no further version will come.</summary>
    bool IsOver { get; }

    /// <summary>Replica 0: hands over the batches of a new version, of which the exchange becomes the owner. Never waits.</summary>
    void Send(GeneratorVersion version);

    /// <summary>
    /// Replica 0: the gradients of the version that was sent last. Waits until all who keep up have answered, or as many as the recipe's
    /// quorum, and no longer than its deadline; null where the exchange does not answer.
    /// </summary>
    GeneratorFeedback? Hear();

    /// <summary>Others: the newest version, which this replica has not taken yet. Waits a moment, so that the caller can look whether it is to end; null where there is none by then.</summary>
    DiscriminatorTask? Next();

    /// <summary>Others: the gradient ∂L_G/∂x at the batch that was to be judged, in its numbers; of the version that was taken last. Never waits.</summary>
    void Answer(ReadOnlyMemory<float> gradient);

    /// <summary>
    /// All members of a swap: hands one's discriminator over to another replica and takes the one that comes here. Waits for it, no longer than half of
    /// the recipe's deadline; null where none came: then the replica keeps its own.
    /// </summary>
    /// <param name="order">The swap.</param>
    /// <param name="target">Who gets it.</param>
    /// <param name="own">What is handed over.</param>
    MovedDiscriminator? Swap(SwapOrder order, int target, MovedDiscriminator own);
}
