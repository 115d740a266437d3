namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// How a period of days or weeks that runs from the receipt of a request is counted. The regulations do not say how to count;
/// docs/adr/0002-counting-rule.md gives the reasons for each practice. The practice applies only to rules marked
/// <see cref="Rule.FromReceipt"/> and to dates derived from them.
/// </summary>
public enum CountingPractice
{
    /// <summary>
    /// The day of receipt is left out, so six weeks from 2 June end on 14 July (+42 days). The default, which is the general rule for statutory
    /// periods, by analogy with Matthew v Sedman [2021] UKSC 19.
    /// </summary>
    AfterTheDay,

    /// <summary>The day of receipt is day 1, so six weeks from 2 June end on 13 July (+41 days). Many SENDIASS services and LG Inform use
    /// this practice.</summary>
    DayOne,
}
