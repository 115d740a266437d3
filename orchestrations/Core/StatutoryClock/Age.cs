namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>Who holds the rights of Part 3 of the Children and Families Act 2014 on a day.</summary>
public enum RightsHolder
{
    /// <summary>The child's parent.</summary>
    Parent,

    /// <summary>The young person.</summary>
    YoungPerson,

    /// <summary>
    /// The alternative person for a young person who lacks capacity: a deputy, an attorney or another representative, or otherwise the
    /// parent, who then holds the right. SEND Regs 2014 reg 64(2)(b); CFA 2014 s80 is still to be checked.
    /// </summary>
    AlternativePerson,

    /// <summary>Nobody, because the person is 25 or over, or not yet born: Part 3 no longer applies, or does not apply yet.</summary>
    Nobody,
}

/// <summary>What the law says, on a given day, about a person with a given date of birth. School years run from 1 September to 31
/// August.</summary>
public static class Age
{
    /// <summary>The year group of the reception class; Year 1 is 1, and so on.</summary>
    public const int Reception = 0;

    /// <summary>Age in whole years. In a year that is not a leap year, the birthday of somebody born on 29 February is 1 March.</summary>
    public static int On(DateOnly born, DateOnly day)
    {
        var years = day.Year - born.Year;
        return day < Birthday(born, years) ? years - 1 : years;
    }

    /// <summary>
    /// The school leaving date: the last Friday of June in the school year of the 16th birthday (Education Act 1996 s8 and the School
    /// Leaving Date Order 1997). The child is of compulsory school age until the end of that day.
    /// </summary>
    public static DateOnly EndOfCompulsorySchoolAge(DateOnly born)
    {
        var sixteenth = Birthday(born, 16);
        var lastOfJune = new DateOnly(SchoolYear(sixteenth) + 1, 6, 30);
        return lastOfJune.AddDays(-(((int)lastOfJune.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));
    }

    /// <summary>Whether the person is over compulsory school age and under 25 (CFA 2014 s83(2)).</summary>
    public static bool IsYoungPerson(DateOnly born, DateOnly day) => day > EndOfCompulsorySchoolAge(born) && On(born, day) < 25;

    /// <summary>
    /// Who holds the rights of Part 3 on a day. Capacity is presumed (Mental Capacity Act 2005 s1), so the rights pass to somebody else
    /// only if a record says that the young person lacks it.
    /// </summary>
    /// <param name="born">The date of birth.</param>
    /// <param name="day">The day in question. Call this again for each day, because rights can pass to the young person during an
    /// assessment.</param>
    /// <param name="lacksCapacity">A recorded finding that the young person lacks capacity for this decision.</param>
    public static RightsHolder HolderOfRights(DateOnly born, DateOnly day, bool lacksCapacity = false)
    {
        if (!IsWithinRange(born, day))
        {
            return RightsHolder.Nobody;
        }

        return (IsYoungPerson(born, day), lacksCapacity) switch
        {
            (false, _) => RightsHolder.Parent,
            (true, true) => RightsHolder.AlternativePerson,
            (true, false) => RightsHolder.YoungPerson,
        };
    }

    /// <summary>
    /// The national curriculum year group of a child who is neither kept back nor moved up: 0 for Reception, negative before Reception. The
    /// numbers continue after Year 13, so that "in or beyond Year 9" also works for older people.
    /// </summary>
    public static int YearGroup(DateOnly born, DateOnly day) => On(born, new DateOnly(SchoolYear(day), 8, 31)) - 4;

    /// <summary>Whether the child is in or beyond Year 9, the school year of the 14th birthday, so that advice on preparation for adulthood
    /// is due (reg 6(1)(g)).</summary>
    public static bool InOrBeyondYear9(DateOnly born, DateOnly day) => YearGroup(born, day) >= 9;

    /// <summary>
    /// Whether the 18th birthday has passed. The council must then consider whether more time is needed (CFA 2014 s36(10)), and section H1
    /// no longer applies (s37(2)(e): under 18).
    /// </summary>
    public static bool IsOver18(DateOnly born, DateOnly day) => On(born, day) >= 18;

    /// <summary>Whether the person has been born and is under 25, so that an assessment is possible.</summary>
    public static bool IsWithinRange(DateOnly born, DateOnly day) => born <= day && On(born, day) < 25;

    /// <summary>
    /// Whether the person has been born and is under 26, so that a plan can be maintained. A plan can be maintained to the end of the
    /// academic year of the 25th birthday (CFA 2014 s46), which is over by the 26th birthday.
    /// </summary>
    public static bool MayKeepPlan(DateOnly born, DateOnly day) => born <= day && On(born, day) <= 25;

    /// <summary>The year in which the school year of a day begins.</summary>
    public static int SchoolYear(DateOnly day) => day.Month >= 9 ? day.Year : day.Year - 1;

    private static DateOnly Birthday(DateOnly born, int years)
    {
        var sameDate = born.AddYears(years);
        return sameDate.Day == born.Day ? sameDate : sameDate.AddDays(1);
    }
}
