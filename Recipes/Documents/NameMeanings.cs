namespace DistGan.Recipes;

/// <summary>What the names in metrics files and event logs mean.</summary>
public static class NameMeanings
{
    private static readonly Dictionary<string, (string Unit, string Meaning)> Metrics = new()
    {
        [MetricNames.DiscriminatorLoss] = ("", "Mean loss of D over the round, added terms included."),
        [MetricNames.GeneratorLoss] = ("", "Mean loss of G over the round, added terms included."),
        [MetricNames.RealAccuracy] = ("share", "Real images that D takes for real; only where the objective has a decision boundary."),
        [MetricNames.FakeAccuracy] = ("share", "Fresh generated images that D takes for generated."),
        [MetricNames.ReplayedAccuracy] = ("share", "Replayed images that D takes for generated."),
        [MetricNames.RealScore] = ("", "Mean score of D on real images; its energy where D is an autoencoder."),
        [MetricNames.FakeScore] = ("", "Mean score of D on fresh generated images; its energy where D is an autoencoder."),
        [MetricNames.DiscriminatorGradientNorm] = ("", "Length of the gradient of L_D in the parameters of D."),
        [MetricNames.GeneratorGradientNorm] = ("", "Length of the gradient of L_G in the parameters of G."),
        [MetricNames.GradientPenalty] = ("", "Mean penalty on the gradient of D in its input, before its weight."),
        [MetricNames.BeganK] = ("", "Weight k of generated images in the loss of D."),
        [MetricNames.BeganConvergence] = ("", "Energy of real images, plus how far the energies are from their ratio; lower is better."),
        [MetricNames.SampleDiversity] = ("share", "Distance between generated samples of one batch, as a share of that between real ones; 0 where all are the same."),
        [MetricNames.R1Penalty] = ("", "Mean of r1, weight gamma included, over the updates that had one."),
        [MetricNames.R2Penalty] = ("", "Mean of r2, weight gamma included, over the updates that had one."),
        [MetricNames.Reconstruction] = ("nats", "Mean negative log-likelihood of a real sample, given its code."),
        [MetricNames.KlDivergence] = ("nats", "Mean divergence of the codes of a real sample from the distribution of latents."),
        [MetricNames.RealClassAccuracy] = ("share", "Real samples whose class D tells rightly (acgan)."),
        [MetricNames.FakeClassAccuracy] = ("share", "Fresh generated samples that D gives to the class that was asked for (acgan)."),
        [MetricNames.MutualInformation] = ("nats", "Lower bound of the information that samples hold about their codes (infogan): 0 where they hold none, ln K where a category of K is always read rightly."),
        [MetricNames.DiscriminatorRate] = ("", "Learning rate of D as of the report."),
        [MetricNames.GeneratorRate] = ("", "Learning rate of G as of the report."),
        [MetricNames.ReplayOthersShare] = ("share", "Replayed images of the round that other replicas made."),
        [MetricNames.ReplayShardsMissed] = ("shards", "Parts of the replay history that gave nothing for the round: slow, gone, or not there yet."),
        [MetricNames.MergeStalenessSteps] = ("steps", "Since the parameters were offered that last moved: age of the merge, or of the exchange of gossip, that is in them."),
        [MetricNames.MergeMembers] = ("replicas", "Replicas in the newest merge; in gossip 2, or 0 where no other replica had numbers to move towards."),
        [MetricNames.PartnersSkipped] = ("replicas", "Partners of gossip that were passed over so far: they had no numbers, or too old ones."),
        [MetricNames.FeedbackMembers] = ("discriminators", "Discriminators, that of replica 0 among them, whose gradients an update of the generator followed; mean of the round."),
        [MetricNames.FeedbackLate] = ("answers", "Gradients of other discriminators that came too late in the round, or were not finite, and were dropped."),
        [MetricNames.DiscriminatorSwaps] = ("swaps", "How often a discriminator has come from another replica."),
        [MetricNames.Kid] = ("", "Kernel distance of features to those of real images, unbiased; 0 in the mean where both are alike."),
        [MetricNames.KidStandardError] = ("", "Standard error of kid over its subsets."),
        [MetricNames.Precision] = ("share", "Generated samples inside the neighbourhoods of real ones."),
        [MetricNames.Recall] = ("share", "Real samples inside the neighbourhoods of generated ones."),
        [MetricNames.Density] = ("", "How many neighbourhoods of real samples a generated one lies in, over k; 1 where both are alike."),
        [MetricNames.Coverage] = ("share", "Real samples whose neighbourhood holds a generated one."),
        [MetricNames.InceptionScore] = ("", "Exponential of the mean divergence of a sample's classes from those of all, by the frozen classifier; from 1 to the number of classes."),
        [MetricNames.LabelAccuracy] = ("share", "Generated samples that a frozen classifier, or the nearest mode, gives to the label that was asked for."),
        [MetricNames.LeastClassShare] = ("share", "Share of the rarest class among generated samples."),
        [MetricNames.Memorisation] = ("", "Distance to the nearest training sample, over that of held-out real ones; far below 1 is copying."),
        [MetricNames.CopiedShare] = ("share", "Generated samples nearer to a training sample than nearly all real ones are to another."),
        [MetricNames.IdenticalShare] = ("share", "Generated samples that equal a training sample in every pixel."),
        [MetricNames.DuplicateShare] = ("share", "Generated samples that equal an earlier one of the same draw in every pixel."),
        [MetricNames.Diversity] = ("", "Mean distance between generated samples, over that between real ones."),
        [MetricNames.BalanceRatio] = ("", "Updates of D for one of G."),
        [MetricNames.BalanceSignal] = ("", "What the balance decides by: r_D / r_G, the accuracy of D, or the mean sign of its scores on real images."),
        [MetricNames.BalanceTarget] = ("", "What the balance holds its signal against."),
        [MetricNames.LeftOutDiscriminatorUpdates] = ("updates", "Updates of D in the round that the balance left out."),
        [MetricNames.LeftOutGeneratorUpdates] = ("updates", "Updates of G in the round that the balance left out."),
        [MetricNames.ReplaySamplesPerInsert] = ("images", "Images that were replayed for each that was stored, since the start."),
        [MetricNames.ReplayFill] = ("share", "Used part of the replay budget."),
        [MetricNames.ReplayAgeSteps] = ("steps", "Mean age of the images that were replayed in the round."),
        [MetricNames.ReplayStalenessSteps] = ("steps", "Age of the answer that images are replayed from."),
        [MetricNames.ParametersStalenessSteps] = ("steps", "Age of the older of the two historical averages."),
        [MetricNames.ImagesPerSecond] = ("images/s", "Real images shown to D in a second."),
        [MetricNames.StepsPerSecond] = ("steps/s", "Steps in a second."),
        [MetricNames.Fid] = ("", "Fréchet distance between features of generated and of real images; lower is better."),
        [MetricNames.Modes] = ("modes", "Modes, or classes of images, that got at least one sample; of points within three standard deviations."),
        [MetricNames.SolidModes] = ("modes", "Modes that got at least a quarter of their fair share of samples."),
        [MetricNames.HighQuality] = ("share", "Samples within three standard deviations of a mode."),
        [MetricNames.ReverseKl] = ("nats", "Divergence of the distribution of samples over the modes from that of real samples; 0 is best."),
    };

    private static readonly Dictionary<string, string> Events = new()
    {
        [EventKinds.Submitted] = "The job was accepted.",
        [EventKinds.Opening] = "A replica has a slot and opens its data, or still fetches them; another event tells when it trains.",
        [EventKinds.Started] = "A replica began to train.",
        [EventKinds.Resumed] = "A replica goes on from a snapshot.",
        [EventKinds.Waiting] = "Replicas wait for a slot; the message says for what.",
        [EventKinds.Scaled] = "The number of replicas was changed; the message says why.",
        [EventKinds.ReplicaLost] = "A replica's worker is gone; the replica moves to a free slot.",
        [EventKinds.DataFetched] = "A worker has brought uploaded data to its machine; replicas and jobs that use them find them there from then on.",
        [EventKinds.HandedBack] = "A replica ended with a snapshot and gave its slot back; it waits for another.",
        [EventKinds.Quarantined] = "A replica has lost three workers without a snapshot in between: the job is stopped.",
        [EventKinds.Snapshot] = "A snapshot was committed.",
        [EventKinds.Samples] = "A picture was drawn.",
        [EventKinds.Evaluated] = "Scores were computed.",
        [EventKinds.Champion] = "A generator became the best at a mode.",
        [EventKinds.ReplayStale] = "Replayed images come late; training goes on with older ones.",
        [EventKinds.ReplayRecovered] = "Replayed images come in time again.",
        [EventKinds.ParametersStale] = "Averages come late; training goes on with older ones.",
        [EventKinds.ParametersRecovered] = "Averages come in time again.",
        [EventKinds.Diverged] = "A loss or a parameter was not finite.",
        [EventKinds.RolledBack] = "A replica went back to its last good snapshot, at a lower rate.",
        [EventKinds.Diagnosis] = "Reports show that training goes wrong; the message has the evidence and the keys that usually help.",
        [EventKinds.Stopping] = "The job was asked to stop.",
        [EventKinds.Pausing] = "The job was asked to pause.",
        [EventKinds.Paused] = "The job holds no slot, after a snapshot, and waits to be resumed.",
        [EventKinds.Warning] = "Something does not work as it should, and training goes on.",
        [EventKinds.MergesStale] = "Merges of the replicas are late; training goes on without.",
        [EventKinds.MergesRecovered] = "Merges arrive again.",
        [EventKinds.Exploited] = "A replica of a population went on from the weights and varied hyperparameters of a better one.",
        [EventKinds.WorkStale] = "A discriminator waits for samples of the generator.",
        [EventKinds.WorkRecovered] = "Samples of the generator arrive again.",
        [EventKinds.FeedbackStale] = "Gradients of the other discriminators do not arrive; the generator trains on without.",
        [EventKinds.FeedbackRecovered] = "Gradients of the other discriminators arrive again.",
        [EventKinds.ReplicaEnded] = "One replica of several has ended; the message says how.",
        [EventKinds.Completed] = "The budget is used up.",
        [EventKinds.Interrupted] = "The job stopped before its end, after a snapshot.",
        [EventKinds.Failed] = "The job cannot go on; the message says why.",
    };

    /// <summary>The values that are described.</summary>
    public static IReadOnlyCollection<string> OfMetrics => Metrics.Keys;

    /// <summary>Unit and meaning of a value; of a name that is not described, its words.</summary>
    public static (string Unit, string Meaning) OfMetric(string name) => Metrics.GetValueOrDefault(name, ("", Words(name, '_')));

    /// <summary>What an event of this kind tells; of a kind that is not described, its words.</summary>
    public static string OfEvent(string kind) => Events.GetValueOrDefault(kind, Words(kind, '-'));

    private static string Words(string name, char separator)
    {
        var words = name.Replace(separator, ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }
}
