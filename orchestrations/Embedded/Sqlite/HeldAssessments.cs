using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The assessments in memory. The most recently used are held as they are; those that drop out are packed into few bytes and kept for a
/// while longer, because unpacking costs a tenth of reading and folding events. Both are bounded. A reader that loaded one may offer
/// it, and is refused when a commit on it could have come in between; what the writer publishes is always accepted.
/// </summary>
internal sealed class HeldAssessments(int most, long mostBytes, long mostPackedBytes)
{
    private const int Stripes = 4096;

    private readonly Lock gate = new();
    private readonly LeastRecent<HeldAssessment> held = new();
    private readonly LeastRecent<byte[]> packed = new();
    private readonly int[] commits = new int[Stripes];

    /// <summary>How many are held, and about how many bytes they take.</summary>
    internal (int Count, long Bytes) Size
    {
        get
        {
            lock (gate)
            {
                return (held.Count, held.Bytes);
            }
        }
    }

    /// <summary>How many are packed, and how many bytes they take.</summary>
    internal (int Count, long Bytes) PackedSize
    {
        get
        {
            lock (gate)
            {
                return (packed.Count, packed.Bytes);
            }
        }
    }

    internal HeldAssessment? Find(AssessmentId id)
    {
        byte[]? bytes;
        int commitsBefore;
        lock (gate)
        {
            if (held.Find(id) is { } found)
            {
                return found;
            }

            bytes = packed.Find(id);
            commitsBefore = commits[Stripe(id)];
        }

        if (bytes is null)
        {
            return null;
        }

        var unpacked = PackedAssessment.Unpack(bytes);
        Offer(id, unpacked, commitsBefore);
        return unpacked;
    }

    /// <summary>What is held or packed, without counting as a use of it; null when it is neither.</summary>
    internal HeldAssessment? Peek(AssessmentId id)
    {
        byte[]? bytes;
        lock (gate)
        {
            if (held.Peek(id) is { } found)
            {
                return found;
            }

            bytes = packed.Peek(id);
        }

        return bytes is null ? null : PackedAssessment.Unpack(bytes);
    }

    /// <summary>To be taken before a reader's transaction begins, and passed to <see cref="Offer"/>.</summary>
    internal int CommitsBefore(AssessmentId id) => Volatile.Read(ref commits[Stripe(id)]);

    /// <summary>Offers an assessment that a reader loaded.</summary>
    internal void Offer(AssessmentId id, HeldAssessment loaded, int commitsBefore)
    {
        List<(AssessmentId, HeldAssessment, int)> fallenOut;
        lock (gate)
        {
            if (commits[Stripe(id)] != commitsBefore || held.Contains(id))
            {
                return;
            }

            fallenOut = Insert(id, loaded);
        }

        Pack(fallenOut);
    }

    /// <summary>Stores what the writer has just committed, in place of whatever is there.</summary>
    internal void Publish(AssessmentId id, HeldAssessment committed)
    {
        List<(AssessmentId, HeldAssessment, int)> fallenOut;
        lock (gate)
        {
            Volatile.Write(ref commits[Stripe(id)], commits[Stripe(id)] + 1);
            fallenOut = Insert(id, committed);
        }

        Pack(fallenOut);
    }

    private static int Stripe(AssessmentId id) => (id.GetHashCode() & int.MaxValue) % Stripes;

    private List<(AssessmentId Id, HeldAssessment Held, int CommitsBefore)> Insert(AssessmentId id, HeldAssessment assessment)
    {
        packed.Remove(id);
        held.Put(id, assessment, assessment.Bytes);
        var fallenOut = new List<(AssessmentId, HeldAssessment, int)>();
        while ((held.Count > most || held.Bytes > mostBytes) && held.Count > 1)
        {
            var (oldest, last) = held.RemoveOldest();
            fallenOut.Add((oldest, last, commits[Stripe(oldest)]));
        }

        return fallenOut;
    }

    /// <summary>Outside the lock, because it takes time; a commit in between makes the packed copy useless.</summary>
    private void Pack(List<(AssessmentId Id, HeldAssessment Held, int CommitsBefore)> fallenOut)
    {
        if (mostPackedBytes == 0)
        {
            return;
        }

        foreach (var (id, assessment, commitsBefore) in fallenOut)
        {
            var bytes = PackedAssessment.Pack(assessment);
            lock (gate)
            {
                if (commits[Stripe(id)] == commitsBefore && !held.Contains(id))
                {
                    packed.Put(id, bytes, bytes.Length);
                }

                while (packed.Bytes > mostPackedBytes)
                {
                    packed.RemoveOldest();
                }
            }
        }
    }
}
