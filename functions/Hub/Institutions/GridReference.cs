namespace IntegrationHub.Functions.Institutions;

/// <summary>A place on the national grid.</summary>
/// <param name="Easting">Metres east of the grid's origin.</param>
/// <param name="Northing">Metres north of the grid's origin.</param>
public sealed record GridReference(int Easting, int Northing)
{
    private const double MetresInAMile = 1609.344;

    /// <summary>Straight-line distance in miles, which is shorter than the distance by road.</summary>
    public double MilesTo(GridReference other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Math.Sqrt(Math.Pow(Easting - other.Easting, 2) + Math.Pow(Northing - other.Northing, 2)) / MetresInAMile;
    }

    /// <summary>Where an institution is, or null if the register does not say.</summary>
    public static GridReference? Of(Institution? institution) => institution is { Easting: { } east, Northing: { } north } ? new(east, north) : null;
}
