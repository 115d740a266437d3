namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// How a period of days or weeks that runs from the receipt of a request is counted. The regulations do not say; docs/adr/0002-counting-rule.md
/// holds the reasons. Applies only to the rules marked <see cref="Rule.FromReceipt"/> and to dates derived from them.
/// </summary>
public enum CountingPractice
{
    /// <summary>
    /// The day of receipt is left out: six weeks from 2 June end on 14 July (+42 days). The general rule for statutory periods, by analogy
    /// with Matthew v Sedman [2021] UKSC 19. The default.
    /// </summary>
    AfterTheDay,

    /// <summary>The day of receipt is day 1: six weeks from 2 June end on 13 July (+41 days). The practice of many SENDIASS and of LG Inform.</summary>
    DayOne,
}
