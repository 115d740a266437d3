namespace IntegrationHub.Simulation.Population;

/// <summary>
/// Chance without a generator: a draw depends on the seed and on what it is drawn for, never on how many were drawn before. So the order
/// in which things happen on many threads cannot change what happens, and any case can be made again from its number.
/// </summary>
public readonly record struct Draw(ulong Seed)
{
    /// <summary>The draws of one thing among many.</summary>
    public Draw For(string name, long number = 0) => new(Hash(name, number));

    /// <summary>From 0 up to, and without, 1.</summary>
    public double Unit(string name, long number = 0) => (Hash(name, number) >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with this probability.</summary>
    public bool Chance(string name, double probability, long number = 0) => Unit(name, number) < probability;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both inclusive.</summary>
    public int Between(string name, int low, int high, long number = 0) => low + (int)(Unit(name, number) * (high - low + 1));

    /// <summary>The place of one of these weights, which need not add up to 1.</summary>
    public int Among(string name, ReadOnlySpan<double> weights, long number = 0)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var at = Unit(name, number) * sum;
        for (var n = 0; n < weights.Length - 1; n++)
        {
            if ((at -= weights[n]) < 0)
            {
                return n;
            }
        }

        return weights.Length - 1;
    }

    private ulong Hash(string name, long number)
    {
        var hash = Seed ^ 0xCBF29CE484222325;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        // The last mixing of SplitMix64: neighbouring numbers must not give neighbouring draws.
        hash += ((ulong)number + 1) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
