using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>
/// The assessments that the store holds in memory. The most recently used assessments are held unpacked; others are packed into few bytes
/// and held for longer, because unpacking takes a tenth of the time of reading and applying the events. The size of both the unpacked and
/// the packed assessments is limited. A reader can offer an assessment that it loaded; the offer is refused if the assessment may have been
/// committed since the reader began. The writer's assessments are always accepted.
/// </summary>
internal sealed class HeldAssessments(int most, long mostBytes, long mostPackedBytes)
{
    private const int Stripes = 4096;

    private readonly Lock gate = new();
    private readonly LeastRecent<HeldAssessment> held = new();
    private readonly LeastRecent<byte[]> packed = new();
    private readonly int[] commits = new int[Stripes];

    /// <summary>The number of assessments held unpacked, and their approximate size in bytes.</summary>
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

    /// <summary>The number of packed assessments, and their size in bytes.</summary>
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

    /// <summary>The assessment, held unpacked or packed, or null if it is not in memory. Calling this method does not count as using the
    /// assessment.</summary>
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

    /// <summary>The number of commits so far to the assessment, or to others that share its counter. A reader must get this number before
    /// its transaction begins, and pass it to <see cref="Offer"/>.</summary>
    internal int CommitsBefore(AssessmentId id) => Volatile.Read(ref commits[Stripe(id)]);

    /// <summary>Offers an assessment that a reader loaded, to be held in memory.</summary>
    internal void Offer(AssessmentId id, HeldAssessment loaded, int commitsBefore)
    {
        List<(AssessmentId, HeldAssessment, int)>? fallenOut;
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

    /// <summary>Stores the assessment that the writer has just committed, in place of any earlier version.</summary>
    internal void Publish(AssessmentId id, HeldAssessment committed)
    {
        List<(AssessmentId, HeldAssessment, int)>? fallenOut;
        lock (gate)
        {
            Volatile.Write(ref commits[Stripe(id)], commits[Stripe(id)] + 1);
            fallenOut = Insert(id, committed);
        }

        Pack(fallenOut);
    }

    private static int Stripe(AssessmentId id) => (id.GetHashCode() & int.MaxValue) % Stripes;

    private List<(AssessmentId Id, HeldAssessment Held, int CommitsBefore)>? Insert(AssessmentId id, HeldAssessment assessment)
    {
        packed.Remove(id);
        held.Put(id, assessment, assessment.Bytes);
        List<(AssessmentId, HeldAssessment, int)>? fallenOut = null;
        while ((held.Count > most || held.Bytes > mostBytes) && held.Count > 1)
        {
            var (oldest, last) = held.RemoveOldest();
            (fallenOut ??= []).Add((oldest, last, commits[Stripe(oldest)]));
        }

        return fallenOut;
    }

    /// <summary>Packs assessments outside the lock, because packing takes time. If the assessment is committed before the packing ends, the
    /// packed copy is outdated and is dropped.</summary>
    private void Pack(List<(AssessmentId Id, HeldAssessment Held, int CommitsBefore)>? fallenOut)
    {
        if (fallenOut is null || mostPackedBytes == 0)
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
